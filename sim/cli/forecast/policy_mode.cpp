#include "sim/cli/forecast/policy_mode.h"

#include <algorithm>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/forecast_data.h"
#include "sim/cli/forecast/forecast_html.h"
#include "sim/cli/forecast/output_files.h"
#include "sim/cli/forecast/words.h"
#include "sim/cli/options.h"
#include "sim/document/document.h"
#include "sim/forecast/scene.h"
#include "sim/report/clean_text.h"
#include "sim/report/forecast_page.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using document::Json;
using forecast::Estimate;
using forecast::Plan;
using forecast::PolicyResult;

namespace {

using cli::json_of;

std::vector<std::string> tunables_from(const std::string& text) {
  if (text == "all") return forecast::policy_tunables();
  std::vector<std::string> names;
  std::istringstream stream(text);
  for (std::string name; std::getline(stream, name, ',');) names.push_back(name);
  return names;
}

std::vector<forecast::PolicyVariation> variations_from(const po::variables_map& values,
                                                       const Plan& plan) {
  try {
    return forecast::policy_variations(plan, tunables_from(values["policies"].as<std::string>()));
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--policies: ") + error.what());
  }
}

void print_frontier(const std::vector<PolicyResult>& results, std::ostream& out) {
  const auto frontier = forecast::policy_frontier(results);
  out << "\nEfficient, from the fewest oversold to the fewest lost:\n";
  for (std::size_t n = 0; n < frontier.size(); ++n) {
    const PolicyResult& one = results[frontier[n]];
    out << fmt::format("  {}: {:.2f} lost, {:.2f} oversold", one.name, one.lost.value,
                       one.oversold.value);
    if (n > 0) {
      const PolicyResult& before = results[frontier[n - 1]];
      const double saved = before.lost.value - one.lost.value;
      const double more = one.oversold.value - before.oversold.value;
      out << fmt::format("; this step sells {:.2f} more and oversells {:.2f} more", saved, more);
      if (more > 0) out << fmt::format(" ({:.1f} sold for each oversold)", saved / more);
    }
    out << "\n";
  }
}

std::string table_of(const std::vector<PolicyResult>& results) {
  std::ostringstream out;
  out << fmt::format("  {:<24} {:>9} {:>9} {:>10}  {}\n", "policy", "lost", "oversold", "API calls",
                     "against the plan, 95 % intervals");
  for (const PolicyResult& one : results) {
    out << fmt::format("{} {:<24} {:>9.2f} {:>9.2f} {:>10.0f}", one.is_efficient ? "*" : " ",
                       one.name, one.lost.value, one.oversold.value, one.api_calls.value);
    if (&one != &results.front()) {
      out << fmt::format("  lost {}, oversold {}", difference(one.lost_less),
                         difference(one.oversold_less));
    }
    out << "\n";
  }
  return out.str();
}

Json json_of(const Plan& plan, const std::vector<PolicyResult>& results, std::size_t runs) {
  Json json{{"format", 1},       {"name", plan.name},         {"replicates", runs},
            {"seed", plan.seed}, {"policies", Json::array()}, {"efficient", Json::array()}};
  for (const PolicyResult& one : results) {
    Json row{{"name", one.name},
             {"lost", json_of(one.lost)},
             {"oversold", json_of(one.oversold)},
             {"api_calls", json_of(one.api_calls)},
             {"stale_share", json_of(one.stale_share)},
             {"lost_less", json_of(one.lost_less)},
             {"oversold_less", json_of(one.oversold_less)},
             {"efficient", one.is_efficient}};
    if (!plan.prices.empty()) row["revenue_lost"] = one.revenue_lost;
    json["policies"].push_back(std::move(row));
  }
  for (const std::size_t i : forecast::policy_frontier(results)) {
    json["efficient"].push_back(results[i].name);
  }
  return json;
}

std::string csv_of(const std::vector<PolicyResult>& results) {
  std::string csv = "policy,lost,oversold,api_calls,efficient\n";
  for (const PolicyResult& one : results) {
    csv += fmt::format("{},{},{},{},{}\n", one.name, one.lost.value, one.oversold.value,
                       one.api_calls.value, one.is_efficient ? 1 : 0);
  }
  return csv;
}

/// Nothing where it was interrupted.
std::vector<PolicyResult> run_policies(const Plan& plan, const po::variables_map& values,
                                       const std::string& label, const Invocation& invocation) {
  forecast::StudyOptions options;
  options.threads = threads_from(values);
  options.interrupted = &Interrupts::happened();
  const std::int64_t replicates = replicates_from(values, plan);
  std::vector<PolicyResult> results;
  const auto run = [&](const std::string& name, Plan changed) {
    changed.mode = forecast::StockMode::engine;  // without it no policy makes a difference
    const auto course = course_of(std::move(changed), values, label + " (" + name + ")");
    if (!forecast::run_replicates(course->scene, course->outcomes, replicates, options)) {
      return false;
    }
    results.push_back(forecast::policy_result(name, course->outcomes));
    if (invocation.progress) invocation.err << name << "\n";
    return true;
  };
  if (!run("as planned", plan)) return {};
  for (const forecast::PolicyVariation& variation : variations_from(values, plan)) {
    Plan changed = plan;
    variation.apply(changed);
    if (!run(variation.tunable + " " + variation.value, std::move(changed))) return {};
  }
  forecast::compare_policies(results);
  return results;
}

}  // namespace

int study_policies(const po::variables_map& values, const forecast::PlanDocument& document,
                   const Invocation& invocation) {
  for (const char* const option : {"what-if", "precision", "stock"}) {
    if (values.contains(option)) {
      throw UsageError(fmt::format("--policies and --{}: expected one of them", option));
    }
  }
  const Plan plan = forecast::read_plan(document);
  (void)variations_from(values, plan);
  ForecastFiles files(values);
  const Interrupts interrupts;
  const auto results = run_policies(plan, values, document.file.string(), invocation);
  if (results.empty()) {
    invocation.err << "vfstock forecast: interrupted before the answer was known\n";
    return interrupted_status;
  }
  const std::size_t runs = results.front().lost_each.size();
  if (values["json"].as<bool>()) {
    invocation.out << json_of(plan, results, runs).dump() << "\n";
  } else {
    std::ostringstream out;
    out << plan.name << ": VPSes per run of "
        << fmt::format("{:g} days\n\n", static_cast<double>(plan.horizon) / forecast::day_ms)
        << table_of(results);
    print_frontier(results, out);
    out << fmt::format(
        "\n{} runs of each of {} policies, all with the same customers; * efficient: none loses "
        "and oversells less.\n",
        runs, results.size());
    invocation.out << report::clean(out.str());
  }
  files.write_csv([&] { return csv_of(results); });
  files.write_html([&] {
    return report::forecast_page(policy_page(plan, results, page_facts(values, invocation)));
  });
  return Status::good;
}

}  // namespace vfstock::sim::cli
