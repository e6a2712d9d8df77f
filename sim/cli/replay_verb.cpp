// vfstock replay: run scenarios against the mock panel and prove the fail-safe after every step.
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "sim/cli/options.h"
#include "sim/cli/report_file.h"
#include "sim/cli/scenario_files.h"
#include "sim/cli/verb.h"
#include "sim/document/document.h"
#include "sim/report/github.h"
#include "sim/report/html.h"
#include "sim/report/json_report.h"
#include "sim/report/junit.h"
#include "sim/report/terminal.h"
#include "sim/scenario/replay.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using report::ScenarioResult;
using scenario::Scenario;
using scenario::TransportKind;

namespace {

VerbOptions replay_options() {
  VerbOptions options{.verb = "replay",
                      .usage = "vfstock replay [OPTIONS] PATH...",
                      .examples =
                          "Examples:\n"
                          "  vfstock replay scenarios\n"
                          "  vfstock replay --transport direct --transcript one.json\n"
                          "  vfstock replay --policy classic scenarios/incidents\n"
                          "  vfstock replay --junit results.xml --github scenarios\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()  //
      ("transport", po::value<std::string>()->value_name("KIND")->default_value("http"),
       "http: real sockets on loopback; direct: the same bytes in process")  //
      ("policy", po::value<std::string>()->value_name("PRESET"),
       "run under this preset (default, strict, classic) instead of each scenario's own")       //
      ("jobs", po::value<int>()->value_name("N"), "scenarios at once (default: one per core)")  //
      ("twice", po::bool_switch(), "run each scenario twice; the fingerprints must agree")      //
      ("transcript", po::bool_switch(), "print what happened, with virtual times")              //
      ("junit", po::value<std::string>()->value_name("FILE"), "write JUnit XML")                //
      ("html", po::value<std::string>()->value_name("FILE"), "write a page for people")         //
      ("github", po::bool_switch(), "print GitHub workflow annotations")                        //
      ("json", po::bool_switch(), "machine output on stdout");
  options.hidden.add_options()("path", po::value<std::vector<std::string>>());
  options.positional.add("path", -1);
  return options;
}

/// Every scenario that can be read; what cannot is told, all of it, before anything runs.
std::optional<std::vector<Scenario>> read_all(const std::vector<std::string>& paths,
                                              const std::optional<std::string>& preset,
                                              std::ostream& err) {
  std::vector<Scenario> scenarios;
  bool readable = true;
  for (const auto& file : scenario_files(paths)) {
    try {
      scenarios.push_back(scenario::read_scenario(file, preset));
    } catch (const document::DocumentError& error) {
      err << "vfstock replay: " << error.what() << "\n";
      readable = false;
    }
  }
  if (!readable) return std::nullopt;
  return scenarios;
}

ScenarioResult run_one(const Scenario& scenario, TransportKind transport, bool twice) {
  ScenarioResult result = scenario::replay(scenario, transport);
  if (!twice) return result;
  const ScenarioResult again = scenario::replay(scenario, transport);
  if (again.fingerprint != result.fingerprint) {
    result.passed = false;
    result.violations.push_back({"end", "repeatable", "violated",
                                 "a second run took other decisions: fingerprint " +
                                     result.fingerprint + ", then " + again.fingerprint});
  }
  return result;
}

/// Runs the scenarios on `jobs` threads; results stay in the order of the scenarios. A scenario
/// that names what does not exist ends the run with its DocumentError.
std::vector<ScenarioResult> run_all(const std::vector<Scenario>& scenarios, TransportKind transport,
                                    bool twice, int jobs) {
  std::vector<ScenarioResult> results(scenarios.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i = next++; i < scenarios.size(); i = next++) {
      try {
        results[i] = run_one(scenarios[i], transport, twice);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!failure) failure = std::current_exception();
        next = scenarios.size();
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int n = 1; n < jobs; ++n) threads.emplace_back(work);
  work();
  threads.clear();
  if (failure) std::rethrow_exception(failure);
  return results;
}

void write_reports(const po::variables_map& values, const std::vector<ScenarioResult>& results) {
  if (values.contains("junit")) {
    write_report(values["junit"].as<std::string>(), report::junit_xml(results));
  }
  if (values.contains("html")) {
    write_report(values["html"].as<std::string>(), report::replay_page(results));
  }
}

void print_transcripts(const std::vector<ScenarioResult>& results, std::ostream& out) {
  for (const ScenarioResult& result : results) {
    out << result.name << "\n";
    for (const std::string& line : result.transcript) out << "  " << line << "\n";
  }
}

std::optional<std::string> preset_from(const po::variables_map& values) {
  if (!values.contains("policy")) return std::nullopt;
  return one_of("policy", values["policy"].as<std::string>(),
                {"default", "strict", "seed", "classic"});
}

int jobs_from(const po::variables_map& values) {
  if (!values.contains("jobs")) {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }
  const int jobs = values["jobs"].as<int>();
  if (jobs < 1 || jobs > 256) throw UsageError("--jobs: expected a number from 1 to 256");
  return jobs;
}

}  // namespace

int replay_verb(const Invocation& invocation) {
  const auto values = read_options(replay_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("path")) {
    throw UsageError("name at least one scenario file or folder (see vfstock replay --help)");
  }
  const std::string kind =
      one_of("transport", (*values)["transport"].as<std::string>(), {"http", "direct"});
  const int jobs = jobs_from(*values);
  const auto scenarios = read_all((*values)["path"].as<std::vector<std::string>>(),
                                  preset_from(*values), invocation.err);
  if (!scenarios) return Status::usage;

  const auto results =
      run_all(*scenarios, kind == "http" ? TransportKind::http : TransportKind::direct,
              (*values)["twice"].as<bool>(), jobs);
  write_reports(*values, results);
  if ((*values)["json"].as<bool>()) {
    invocation.out << report::replay_json(results).dump() << "\n";
  } else {
    if ((*values)["transcript"].as<bool>()) print_transcripts(results, invocation.out);
    report::print_replay(results, invocation.out, invocation.colours);
  }
  if ((*values)["github"].as<bool>()) invocation.err << report::github_commands(results);
  for (const ScenarioResult& result : results) {
    if (!result.passed) return Status::bad_answer;
  }
  return Status::good;
}

}  // namespace vfstock::sim::cli
