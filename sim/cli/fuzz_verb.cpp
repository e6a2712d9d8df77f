#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "sim/cli/fuzz_text.h"
#include "sim/cli/options.h"
#include "sim/cli/report_file.h"
#include "sim/cli/verb.h"
#include "sim/fuzz/campaign.h"
#include "sim/fuzz/enumeration.h"
#include "sim/fuzz/exhaustive.h"
#include "sim/fuzz/timeline.h"
#include "sim/fuzz/witness.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

using RealClock = std::chrono::steady_clock;
using scenario::TransportKind;

VerbOptions fuzz_options() {
  VerbOptions options{.verb = "fuzz",
                      .usage = "vfstock fuzz [OPTIONS]",
                      .examples =
                          "Examples:\n"
                          "  vfstock fuzz --seed 7 --runs 10000\n"
                          "  vfstock fuzz --for 60s\n"
                          "  vfstock fuzz --seed 7 --run 4711 --print > run.json\n"
                          "  vfstock fuzz --canary     (must fail)\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()  //
      ("seed", po::value<std::uint64_t>()->value_name("N")->default_value(1),
       "timelines are made from it")  //
      ("runs", po::value<std::uint64_t>()->value_name("N")->default_value(1000),
       "how many timelines")                                                                    //
      ("for", po::value<std::string>()->value_name("TIME"), "as many as this takes, e.g. 60s")  //
      ("run", po::value<std::uint64_t>()->value_name("N"), "this timeline of the seed alone")   //
      ("print", po::bool_switch(),
       "with --run: print the timeline as a scenario, do not run it")  //
      ("steps", po::value<int>()->value_name("N")->default_value(fuzz::steps_usual),
       "steps of each timeline before its faults end")  //
      ("transport", po::value<std::string>()->value_name("KIND")->default_value("direct"),
       "direct: in process; http: real sockets on loopback")                                 //
      ("jobs", po::value<int>()->value_name("N"), "threads (default: one per core)")         //
      ("keep-going", po::bool_switch(), "count every violation instead of stopping at one")  //
      ("singles", po::bool_switch(), "each fault at each request of a sweep, one by one")    //
      ("pairs", po::bool_switch(), "two faults at every two requests of a sweep")            //
      ("exhaustive", po::bool_switch(), "every timeline of a small world")                   //
      ("depth", po::value<int>()->value_name("N")->default_value(3),
       "with --exhaustive: its steps")                                                        //
      ("canary", po::bool_switch(), "expect what is not so; a search that passes is broken")  //
      ("out", po::value<std::string>()->value_name("DIR")->default_value("."),
       "where a witness is written")  //
      ("json", po::bool_switch(), "machine output on stdout");
  return options;
}

int jobs_from(const po::variables_map& values) {
  if (!values.contains("jobs")) {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }
  const int jobs = values["jobs"].as<int>();
  if (jobs < 1 || jobs > 256) throw UsageError("--jobs: expected a number from 1 to 256");
  return jobs;
}

int steps_from(const po::variables_map& values) {
  const int steps = values["steps"].as<int>();
  if (steps < 1 || steps > 100'000) throw UsageError("--steps: expected 1 to 100000");
  return steps;
}

/// Says that nothing is ever written, which any good timeline refutes.
document::Json with_canary(document::Json json) {
  document::Json step;
  // Well after the last step, and after the cron that repeats.
  const document::Json& last = json["timeline"].back();
  step["at"] = last.contains("cron") ? last["cron"]["until"] : last["at"];
  step["expect"]["writes"] = 0;
  json["timeline"].push_back(std::move(step));
  return json;
}

/// Tells how far it is, at most a few times a second, and when the time is up.
class Progress {
 public:
  Progress(const Invocation& invocation, std::uint64_t runs,
           std::optional<std::chrono::milliseconds> time)
      : invocation_(invocation), runs_(runs), time_(time) {}

  bool is_enough(std::uint64_t done) {
    const auto now = RealClock::now();
    if (invocation_.progress && now - told_ > std::chrono::milliseconds{200}) {
      told_ = now;
      const double share = time_ ? seconds() * 1000 / static_cast<double>(time_->count())
                                 : static_cast<double>(done) / static_cast<double>(runs_);
      const int bars = static_cast<int>(30 * std::min(1.0, share));
      invocation_.err << fmt::format("\r[{:<30}] {} timelines, {:.0f} a minute",
                                     std::string(static_cast<std::size_t>(bars), '#'), done,
                                     60 * static_cast<double>(done) / seconds())
                      << std::flush;
      drawn_ = true;
    }
    return time_ && now - began_ >= *time_;
  }
  double seconds() const {
    return std::chrono::duration<double>(RealClock::now() - began_).count();
  }
  void erase() {
    if (drawn_) invocation_.err << "\r" << std::string(78, ' ') << "\r" << std::flush;
  }

 private:
  const Invocation& invocation_;
  std::uint64_t runs_;
  std::optional<std::chrono::milliseconds> time_;
  RealClock::time_point began_ = RealClock::now();
  RealClock::time_point told_ = began_;
  bool drawn_ = false;
};

std::optional<std::chrono::milliseconds> time_from(const po::variables_map& values) {
  if (!values.contains("for")) return std::nullopt;
  const auto time = duration_from(values["for"].as<std::string>());
  if (!time) throw UsageError("--for: expected a duration such as 60s or 5m");
  return *time;
}

std::string write_witness(const fuzz::Witness& witness, const po::variables_map& values,
                          std::uint64_t run) {
  const std::filesystem::path file =
      std::filesystem::path(values["out"].as<std::string>()) /
      fmt::format("witness-{}-{}.json", values["seed"].as<std::uint64_t>(), run);
  write_report(file.string(), fuzz::witness_text(witness.scenario));
  return file.string();
}

/// What is searched: by lot, or one by one.
struct Search {
  fuzz::Source source;
  std::uint64_t size = 0;  // how many timelines there are to take
  std::string name;        // "seed 1", "singles", ...
  std::string options;     // that make the same search again
  bool by_lot = false;     // any number names a timeline, not only those below `size`
};

Search search_by_lot(const po::variables_map& values) {
  const auto seed = values["seed"].as<std::uint64_t>();
  const int steps = steps_from(values);
  return {[=](std::uint64_t run) { return fuzz::generate(seed, run, steps); },
          values["runs"].as<std::uint64_t>(), fmt::format("seed {}, {} steps each", seed, steps),
          fmt::format("--seed {} --steps {}", seed, steps), true};
}

Search search_one_by_one(const po::variables_map& values) {
  if (values["exhaustive"].as<bool>()) {
    const int depth = values["depth"].as<int>();
    if (depth < 1 || depth > fuzz::Exhaustive::depth_max) {
      throw UsageError(fmt::format("--depth: expected 1 to {}", fuzz::Exhaustive::depth_max));
    }
    const fuzz::Exhaustive every(depth);
    return {[=](std::uint64_t run) { return every.timeline(run); }, every.size(),
            fmt::format("every timeline of {} steps out of {}", depth, every.letters()),
            fmt::format("--exhaustive --depth {}", depth), false};
  }
  const bool in_pairs = values["pairs"].as<bool>();
  const auto every = std::make_shared<const fuzz::Enumeration>(
      in_pairs ? fuzz::Enumeration::pairs() : fuzz::Enumeration::singles());
  return {[=](std::uint64_t run) { return every->timeline(run); }, every->size(), every->story(),
          in_pairs ? "--pairs" : "--singles", false};
}

Search search_from(const po::variables_map& values) {
  int kinds = 0;
  for (const char* kind : {"singles", "pairs", "exhaustive"}) kinds += values[kind].as<bool>();
  if (kinds > 1) throw UsageError("--singles, --pairs and --exhaustive are three searches");
  Search search = kinds == 1 ? search_one_by_one(values) : search_by_lot(values);
  if (values["canary"].as<bool>()) {
    const fuzz::Source source = search.source;
    search.source = [source](std::uint64_t run) { return with_canary(source(run)); };
    search.options += " --canary";
  }
  return search;
}

fuzz::CampaignOptions campaign_from(const po::variables_map& values, const Search& search) {
  fuzz::CampaignOptions options;
  options.runs = search.size;
  if (options.runs == 0) throw UsageError("--runs: expected at least 1");
  if (values.contains("run")) {
    options.first_run = values["run"].as<std::uint64_t>();
    options.runs = 1;
    if (!search.by_lot && options.first_run >= search.size) {
      throw UsageError(fmt::format("--run: expected 0 to {}", search.size - 1));
    }
  }
  options.jobs = jobs_from(values);
  options.keep_going = values["keep-going"].as<bool>();
  options.transport =
      one_of("transport", values["transport"].as<std::string>(), {"http", "direct"}) == "http"
          ? TransportKind::http
          : TransportKind::direct;
  return options;
}

void add_witness(FuzzReport& report, const Search& search, const po::variables_map& values,
                 TransportKind transport) {
  const fuzz::Hit& hit = *report.result.hit;
  report.again = fmt::format("vfstock fuzz {} --run {} --transport {}", search.options, hit.run,
                             values["transport"].as<std::string>());
  report.witness =
      fuzz::make_witness(search.source(hit.run), hit.outcome.findings.front().invariant, transport,
                         fmt::format("Run {} of {}", hit.run, search.name));
  report.witness_file = write_witness(*report.witness, values, hit.run);
}

/// Why a search that found nothing says nothing; nullopt: it does say something.
std::optional<std::string> why_nothing_is_proved(const fuzz::CampaignResult& result,
                                                 bool each_fault_is_aimed) {
  if (result.requests == 0) return "no timeline made a single request";
  // Each of these faults lies on one request that the sweep is known to make.
  if (each_fault_is_aimed && result.unmet_faults > 0 && !result.hit) {
    return fmt::format("{} faults met no request", result.unmet_faults);
  }
  return std::nullopt;
}

}  // namespace

int fuzz_verb(const Invocation& invocation) {
  const auto read = read_options(fuzz_options(), invocation);
  if (!read) return Status::good;
  const po::variables_map& values = *read;
  const Search search = search_from(values);
  fuzz::CampaignOptions options = campaign_from(values, search);
  if (values["print"].as<bool>()) {
    if (!values.contains("run")) throw UsageError("--print needs --run");
    invocation.out << fuzz::witness_text(search.source(options.first_run));
    return Status::good;
  }
  const std::filesystem::path out = values["out"].as<std::string>();
  if (!std::filesystem::is_directory(out)) {
    throw UsageError("--out: " + out.string() + " is no directory; make it first");
  }
  const auto time = time_from(values);
  if (time && search.options.starts_with("--seed")) options.runs = ~std::uint64_t{0} / 2;
  Progress progress(invocation, options.runs, time);
  options.is_enough = [&](std::uint64_t done) { return progress.is_enough(done); };

  FuzzReport report;
  report.title = search.name;
  report.result = fuzz::run_campaign(search.source, options);
  report.seconds = progress.seconds();
  progress.erase();
  if (report.result.hit) add_witness(report, search, values, options.transport);
  report.nothing_proved = why_nothing_is_proved(report.result, values["singles"].as<bool>());
  if (values["json"].as<bool>()) {
    invocation.out << fuzz_json(report).dump() << "\n";
  } else {
    print_fuzz(report, invocation.out);
    invocation.err << fmt::format("{:.1f} s, {:.0f} timelines a minute\n", report.seconds,
                                  60 * static_cast<double>(report.result.runs) / report.seconds);
  }
  return report.result.hit || report.nothing_proved ? Status::bad_answer : Status::good;
}

}  // namespace vfstock::sim::cli
