// vfstock forecast: months of the shop's life, many times over, and what would change them.
#include <algorithm>
#include <memory>
#include <sstream>

#include <fmt/format.h>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/forecast_data.h"
#include "sim/cli/forecast/forecast_html.h"
#include "sim/cli/forecast/forecast_text.h"
#include "sim/cli/forecast/mix_mode.h"
#include "sim/cli/forecast/output_files.h"
#include "sim/cli/forecast/policy_mode.h"
#include "sim/cli/forecast/purchase_mode.h"
#include "sim/cli/forecast/run_courses.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/forecast/read_plan.h"
#include "sim/report/clean_text.h"
#include "sim/report/forecast_page.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using forecast::PlanDocument;

namespace {

VerbOptions forecast_options() {
  VerbOptions options{.verb = "forecast",
                      .usage = "vfstock forecast [OPTIONS] PLAN",
                      .examples =
                          "Examples:\n"
                          "  vfstock forecast scenarios/plans/small-shop.json\n"
                          "  vfstock forecast --what-if eight-more.json plan.json\n"
                          "  vfstock forecast --precision 1d --replicates 100000 plan.json\n"
                          "  vfstock forecast --json --seed 7 plan.json\n"
                          "  vfstock forecast --demand demand.json --html page.html plan.json\n"
                          "  vfstock forecast --purchase offer.json plan.json\n"
                          "  vfstock forecast --policies all --html policies.html plan.json\n"
                          "  vfstock forecast --mix 1=40,2=60 --on 30d plan.json\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()  //
      ("demand", po::value<std::string>()->value_name("FILE"),
       "what fit has learnt, instead of the plan's demand")  //
      ("what-if", po::value<std::vector<std::string>>()->value_name("FILE")->composing(),
       "a named merge patch on the plan, answered as a difference; repeatable")  //
      ("purchase", po::value<std::string>()->value_name("FILE"),
       "instead: the cheapest hypervisors that reach a target, and when to order them")  //
      ("policies", po::value<std::string>()->value_name("LIST"),
       "instead: what each of the engine's tunables (all, or names such as buffer,cache) loses and "
       "oversells")  //
      ("mix", po::value<std::string>()->value_name("P=W,..."),
       "instead: how many VPSes of products with these weights fit together")  //
      ("on", po::value<std::string>()->value_name("WHEN"),
       "with --mix: then too, after a time (30d) or on a date")  //
      ("replicates", po::value<std::int64_t>()->value_name("N"),
       "runs, at most, instead of the plan's number")  //
      ("precision", po::value<std::string>()->value_name("P"),
       "stop when every median sell-out is known to 1d (days), or every fill rate to 2%")  //
      ("seed", po::value<std::uint64_t>()->value_name("N"), "instead of the plan's")       //
      ("stock", po::value<std::string>()->value_name("MODE"),
       "engine or ideal, instead of the plan's")  //
      ("threads", po::value<int>()->value_name("N"),
       "threads (default: one per core); the result is the same with any")  //
      ("json", po::bool_switch(), "machine output on stdout")               //
      ("csv", po::value<std::string>()->value_name("FILE"),
       "write the stock over time: time, product, quantile, value")  //
      ("html", po::value<std::string>()->value_name("FILE"),
       "write one self-contained page: fans, dates, differences")  //
      ("begins", po::value<std::string>()->value_name("DATE"),
       "the date of the first hour: days have dates, and weeks lie in the calendar");
  options.hidden.add_options()("plan", po::value<std::string>());
  options.positional.add("plan", 1);
  return options;
}

/// The plan with the options that say what it is about: --demand, --begins, --what-if.
PlanDocument read_document(const po::variables_map& values) {
  PlanDocument document = forecast::read_plan_document(values["plan"].as<std::string>());
  if (values.contains("begins")) {
    const std::string& text = values["begins"].as<std::string>();
    if (!forecast::calendar_moment(text)) {
      throw UsageError("--begins: expected a date such as 2026-12-01, found '" + text + "'");
    }
    document.json["begins"] = text;
  }
  if (values.contains("demand")) {
    forecast::replace_demand(document, forecast::read_what_if(values["demand"].as<std::string>()));
  }
  if (values.contains("what-if")) {
    for (const std::string& file : values["what-if"].as<std::vector<std::string>>()) {
      document.what_ifs.push_back(forecast::read_what_if(file));
    }
  }
  return document;
}

/// The plan first, then every what-if.
Courses read_courses(const PlanDocument& document, const po::variables_map& values) {
  const std::string label = document.file.string();
  Courses courses;
  courses.push_back(course_of(forecast::read_plan(document), values, label));
  for (const PlanDocument::WhatIf& what_if : document.what_ifs) {
    courses.push_back(course_of(forecast::read_plan(document, what_if), values,
                                label + " (" + what_if.name + ")"));
  }
  return courses;
}

std::vector<forecast::Comparison> comparisons_of(const Courses& courses) {
  const Course& plan = *courses.front();
  std::vector<forecast::Comparison> comparisons;
  for (std::size_t i = 1; i < courses.size(); ++i) {
    if (courses[i]->outcomes.size() < 2) continue;
    comparisons.push_back(forecast::comparison_of(plan.scene, plan.outcomes, courses[i]->scene,
                                                  courses[i]->outcomes));
  }
  return comparisons;
}

report::ForecastResult page_of(const po::variables_map& values, const Invocation& invocation,
                               const forecast::Forecast& known,
                               const std::vector<forecast::Comparison>& comparisons,
                               const std::vector<forecast::Verdict>& verdicts) {
  auto page = forecast_result(known, comparisons, verdicts, page_facts(values, invocation));
  if (values.contains("demand")) {
    page.backtest = backtest_of(document::read_file(values["demand"].as<std::string>()));
  }
  return page;
}

int run_forecast(const PlanDocument& document, const po::variables_map& values,
                 const Invocation& invocation) {
  (void)precision_from(values);
  Courses courses = read_courses(document, values);
  ForecastFiles files(values);
  const Interrupts interrupts;
  const bool complete = run_courses(courses, values, invocation);
  const Course& plan = *courses.front();
  if (plan.outcomes.size() < 2) {
    invocation.err << "vfstock forecast: interrupted before anything was known\n";
    return interrupted_status;
  }
  const forecast::Forecast known = forecast::forecast_of(plan.scene, plan.outcomes);
  const auto comparisons = comparisons_of(courses);
  const auto verdicts = forecast::verdicts_of(plan.scene, plan.outcomes);
  if (values["json"].as<bool>()) {
    invocation.out << forecast_json(known, comparisons, verdicts).dump() << "\n";
  } else {
    std::ostringstream text;
    print_forecast(known, comparisons, verdicts, text);
    invocation.out << report::clean(text.str());
  }
  files.write_csv([&] {
    std::ostringstream csv;
    write_forecast_csv(known, csv);
    return csv.str();
  });
  files.write_html([&] {
    return report::forecast_page(page_of(values, invocation, known, comparisons, verdicts));
  });
  if (!complete) {
    invocation.err << "vfstock forecast: interrupted; this is what " << known.replicates
                   << " runs say\n";
    return interrupted_status;
  }
  const bool all_met = std::all_of(verdicts.begin(), verdicts.end(), [](const auto& one) {
    return one.is == forecast::Verdict::Is::met;
  });
  return all_met ? Status::good : Status::bad_answer;
}

/// --purchase, --policies and --mix ask another question each.
void refuse_two_questions(const po::variables_map& values) {
  std::string asked;
  for (const char* const option : {"purchase", "policies", "mix"}) {
    if (!values.contains(option)) continue;
    if (!asked.empty()) {
      throw UsageError(fmt::format("--{} and --{}: expected one of them", asked, option));
    }
    asked = option;
  }
  if (values.contains("on") && asked != "mix") throw UsageError("--on belongs to --mix");
}

}  // namespace

int forecast_verb(const Invocation& invocation) {
  const auto values = read_options(forecast_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("plan")) throw UsageError("name a plan (see vfstock forecast --help)");
  refuse_two_questions(*values);
  try {
    const PlanDocument document = read_document(*values);
    if (values->contains("purchase")) return search_purchase(*values, document, invocation);
    if (values->contains("policies")) return study_policies(*values, document, invocation);
    if (values->contains("mix")) return answer_mix(*values, document, invocation);
    return run_forecast(document, *values, invocation);
  } catch (const WriteFailure& failure) {
    invocation.err << "vfstock forecast: " << report::clean(failure.what()) << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
