#include "sim/cli/judge_mode.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/cli/client_command.h"
#include "sim/cli/options.h"
#include "sim/cli/report_file.h"
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

std::string shelves_json(const ClientMoment& moment) {
  ordered_json json = ordered_json::object();
  for (const auto& [product, qty] : moment.shelves) json[std::to_string(product)] = qty;
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
                  text.substr(0, 200));
  }
  ClientAnswer answer;
  for (const auto& [key, value] : json.items()) {
    const auto product = product_named(key);
    if (!product || (!value.is_null() && !value.is_number_integer())) {
      return broken("expected a product's id and its qty or null, found \"" + key +
                    "\": " + value.dump().substr(0, 200));
    }
    if (!value.is_null()) answer.qty[*product] = value.get<std::int64_t>();
  }
  return answer;
}

ClientAnswer ask(const std::string& command, const Invocation& invocation,
                 const ClientMoment& moment) {
  auto environment = invocation.environment;
  environment["VFSTOCK_PANEL_URL"] = moment.panel_url;
  environment["VFSTOCK_PANEL_TOKEN"] = "judge";
  environment["VFSTOCK_TRIGGER"] = moment.trigger;
  environment["VFSTOCK_QTY"] = shelves_json(moment);
  const CommandResult result = run_command(command, environment, patience);
  if (result.timed_out) {
    return broken(fmt::format("the client did not end within {} s", patience.count()));
  }
  if (result.status == 127) throw UsageError("--judge: there is no such command: " + command);
  if (result.status != 0) {
    ClientAnswer failed;
    failed.note = fmt::format("the client fails with status {}; every qty stays", result.status);
    return failed;
  }
  return read_answer(result.output);
}

}  // namespace

int judge_client(const JudgeMode& mode, const Invocation& invocation) {
  const scenario::Scenario scenario = scenario::read_scenario(mode.scenario);
  const std::vector results{scenario::judge(
      scenario, [&](const ClientMoment& moment) { return ask(mode.command, invocation, moment); })};
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
