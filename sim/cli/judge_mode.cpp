#include "sim/cli/judge_mode.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdlib.h>

#include "engine/plan/policy_text.h"
#include "sim/cli/client_command.h"
#include "sim/cli/options.h"
#include "sim/cli/report_file.h"
#include "sim/report/clean_text.h"
#include "sim/report/github.h"
#include "sim/report/json_report.h"
#include "sim/report/junit.h"
#include "sim/report/terminal.h"
#include "sim/scenario/judge.h"

namespace vfstock::sim::cli {

using nlohmann::ordered_json;
using scenario::ClientAnswer;
using scenario::ClientMoment;

namespace {

constexpr std::chrono::seconds patience{120};
constexpr int moments_between_news = 100;

/// A folder for one run of the judge; goes away with everything in it.
class RunFolder {
 public:
  RunFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "vfstock-judge-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) {
      throw UsageError(path + ": this folder cannot be made; is TMPDIR writable?");
    }
    path_ = path;
    std::filesystem::create_directory(own());
  }
  ~RunFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  std::filesystem::path shop() const { return path_ / "shop.json"; }
  std::filesystem::path own() const { return path_ / "own"; }  // the client's

 private:
  std::filesystem::path path_;
};

std::string qty_json(const ClientMoment& moment) {
  ordered_json json = ordered_json::object();
  for (const auto& [product, qty] : moment.qtys) json[std::to_string(product)] = qty;
  return json.dump();
}

/// How the rules of this scenario count, under the names that scenarios use.
std::string policy_json(const scenario::Scenario& scenario) {
  const plan::Policy& policy = scenario.judged_by;
  ordered_json json{{"storage_match", plan::text_of(policy.storage_match)},
                    {"ipv4_cap", plan::text_of(policy.ipv4_cap)},
                    {"server_slots", plan::text_of(policy.server_slots)},
                    {"shared_storage", plan::text_of(policy.shared_storage)},
                    {"ipv4_zero", plan::text_of(policy.ipv4_zero)},
                    {"option_overrides", plan::text_of(policy.option_overrides)},
                    {"location_option", policy.location_option},
                    {"reserve_pending", policy.reserve_pending},
                    {"brake", policy.brake_percent},
                    {"panel_host", scenario.panel_host}};
  if (policy.qty_ceiling) json["qty_ceiling"] = *policy.qty_ceiling;
  return json.dump();
}

std::optional<std::int64_t> product_named(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 18 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return std::nullopt;
  return std::stoll(text);
}

ClientAnswer broken(std::string why) {
  ClientAnswer answer;
  answer.broken = std::move(why);
  return answer;
}

ClientAnswer read_answer(const std::string& text) {
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return broken("the client printed no JSON object such as {\"1\": 24}, but: " +
                  report::clean(text.substr(0, 200)));
  }
  ClientAnswer answer;
  for (const auto& [key, value] : json.items()) {
    const auto product = product_named(key);
    // A whole number beyond 2^63 reads as unsigned, and as a float beyond 2^64.
    const bool whole = value.is_number_integer() &&
                       (!value.is_number_unsigned() || value.get<std::uint64_t>() >> 63 == 0);
    if (!product || (!value.is_null() && !whole)) {
      return broken("expected a product's id and its qty or null, found \"" +
                    report::clean(key.substr(0, 200)) + "\": " + value.dump().substr(0, 200));
    }
    if (!value.is_null()) answer.qty[*product] = value.get<std::int64_t>();
  }
  return answer;
}

/// The client as the court knows it: a command that is run anew at each moment.
class CommandClient {
 public:
  CommandClient(const JudgeMode& mode, const scenario::Scenario& scenario,
                const Invocation& invocation)
      : command_(mode.command), talk_(invocation.err) {
    for (const char* const inherited : {"PATH", "HOME", "LANG"}) {
      const auto found = invocation.environment.find(inherited);
      if (found != invocation.environment.end()) environment_.insert(*found);
    }
    environment_["VFSTOCK_SHOP"] = folder_.shop();
    environment_["VFSTOCK_FOLDER"] = folder_.own();
    environment_["VFSTOCK_POLICY"] = policy_json(scenario);
  }

  ClientAnswer ask(const ClientMoment& moment) {
    if (++moments_ % moments_between_news == 0) {
      talk_ << fmt::format("vfstock panel: {} moments, {} in the scenario\n", moments_, moment.now);
      talk_.flush();
    }
    write_report(folder_.shop(), moment.shop.dump());
    const CommandResult result = run_command(command_, environment_for(moment), patience);
    ClientAnswer failed;
    if (result.timed_out) {
      failed.failure = fmt::format("did not end within {} s", patience.count());
      return failed;
    }
    const bool never_ran = result.status == 126 || result.status == 127;
    if (never_ran && moments_ == 1) {
      throw UsageError("--judge: " + command_ + " " + status_text(result.status));
    }
    if (result.status == 0) return read_answer(result.output);
    failed.failure = status_text(result.status);
    return failed;
  }

 private:
  std::map<std::string, std::string> environment_for(const ClientMoment& moment) const {
    auto environment = environment_;
    environment["VFSTOCK_PANEL_URL"] = moment.panel_url;
    environment["VFSTOCK_PANEL_TOKEN"] = moment.panel_token;
    environment["VFSTOCK_TRIGGER"] = moment.trigger;
    environment["VFSTOCK_NOW"] = moment.now;
    environment["VFSTOCK_QTY"] = qty_json(moment);
    if (moment.product) environment["VFSTOCK_PRODUCT"] = std::to_string(*moment.product);
    return environment;
  }

  std::string command_;
  std::ostream& talk_;
  RunFolder folder_;
  std::map<std::string, std::string> environment_;
  int moments_ = 0;
};

}  // namespace

int judge_client(const JudgeMode& mode, const Invocation& invocation) {
  const scenario::Scenario scenario = scenario::read_scenario(mode.scenario, mode.preset);
  CommandClient client(mode, scenario, invocation);
  scenario::JudgeOptions options;
  if (mode.exact) options.exact = true;
  options.speed = mode.speed;
  const std::vector results{scenario::judge(
      scenario, [&client](const ClientMoment& moment) { return client.ask(moment); }, options)};
  if (mode.junit) write_report(*mode.junit, report::junit_xml(results));
  if (mode.json) {
    invocation.out << report::replay_json(results).dump() << "\n";
  } else {
    for (const std::string& line : results.front().transcript) {
      invocation.out << "  " << line << "\n";
    }
    report::print_replay(results, invocation.out, invocation.colours);
  }
  if (mode.github) invocation.err << report::github_commands(results);
  return results.front().passed ? Status::good : Status::bad_answer;
}

}  // namespace vfstock::sim::cli
