// vfstock forecast: months of the shop's life, many times over, and what would change them.
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include <fmt/format.h>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/forecast_data.h"
#include "sim/cli/forecast/forecast_html.h"
#include "sim/cli/forecast/forecast_text.h"
#include "sim/cli/forecast/purchase_mode.h"
#include "sim/cli/moment.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/forecast/read_plan.h"
#include "sim/report/forecast_page.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using forecast::Outcomes;
using forecast::Plan;
using forecast::PlanDocument;
using forecast::Scene;

namespace {

constexpr std::int64_t first_round = 100;

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
                          "  vfstock forecast --purchase offer.json plan.json\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()  //
      ("demand", po::value<std::string>()->value_name("FILE"),
       "what fit has learnt, instead of the plan's demand")  //
      ("what-if", po::value<std::vector<std::string>>()->value_name("FILE")->composing(),
       "a named merge patch on the plan, answered as a difference; repeatable")  //
      ("purchase", po::value<std::string>()->value_name("FILE"),
       "instead: the fewest hypervisors that keep a fill rate, and when to order them")  //
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
       "the date of the first day, for dates beside the days");
  options.hidden.add_options()("plan", po::value<std::string>());
  options.positional.add("plan", 1);
  return options;
}

/// What is asked for with --precision.
struct Precision {
  double days = 0;    // half the width of each median sell-out's interval
  double points = 0;  // half the width of each fill rate's interval, as a share
};

Precision precision_from(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data(), end, number);
  const std::string rest(unit, end);
  if (error != std::errc() || number <= 0 || (rest != "d" && rest != "%")) {
    throw UsageError("--precision: expected days such as 1d or percent such as 2%, found '" + text +
                     "'");
  }
  return rest == "d" ? Precision{number, 0} : Precision{0, number / 100};
}

bool is_precise(const forecast::Forecast& known, const Precision& precision) {
  for (const forecast::ProductFigures& product : known.products) {
    const forecast::Estimate& median = product.sell_out.quantiles[1];
    const forecast::Estimate& fill = product.figures.fill_rate;
    if (precision.days > 0 && std::isfinite(median.value) &&
        !(median.high - median.low <= 2 * precision.days)) {
      return false;
    }
    if (precision.points > 0 && !(fill.high - fill.low <= 2 * precision.points)) return false;
  }
  return true;
}

/// A line on a terminal that tells how far we are and how long it takes.
class Progress {
 public:
  Progress(const Invocation& invocation, std::int64_t all) : invocation_(invocation), all_(all) {}
  ~Progress() { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const std::string& what, std::int64_t runs, std::int64_t runs_before) {
    using namespace std::chrono;
    const auto now = steady_clock::now();
    if (!invocation_.progress || now - shown_ < milliseconds{200}) return;
    shown_ = now;
    const double share = static_cast<double>(runs_before + runs) / static_cast<double>(all_);
    const double spent = duration<double>(now - began_).count();
    constexpr int width = 30;
    const int full = static_cast<int>(share * width);
    invocation_.err << fmt::format("\r\033[K{} [{:=<{}}{:{}}] {:.0f} %, {:.0f} s left", what, "",
                                   full, "", width - full, 100 * share,
                                   share > 0 ? spent / share - spent : 0)
                    << std::flush;
    visible_ = true;
  }
  void erase() {
    if (visible_) invocation_.err << "\r\033[K" << std::flush;
    visible_ = false;
  }

 private:
  const Invocation& invocation_;
  std::int64_t all_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), shown_ = began_;
  bool visible_ = false;
};

PlanDocument read_document(const po::variables_map& values) {
  PlanDocument document = forecast::read_plan_document(values["plan"].as<std::string>());
  if (values.contains("demand")) {
    forecast::replace_demand(document, forecast::read_what_if(values["demand"].as<std::string>()));
  }
  return document;
}

/// The plan first, then every what-if.
std::vector<std::unique_ptr<Course>> read_courses(const po::variables_map& values) {
  PlanDocument document = read_document(values);
  if (values.contains("what-if")) {
    for (const std::string& file : values["what-if"].as<std::vector<std::string>>()) {
      document.what_ifs.push_back(forecast::read_what_if(file));
    }
  }
  const std::string label = document.file.string();
  std::vector<std::unique_ptr<Course>> courses;
  courses.push_back(course_of(forecast::read_plan(document), values, label));
  for (const PlanDocument::WhatIf& what_if : document.what_ifs) {
    courses.push_back(course_of(forecast::read_plan(document, what_if), values,
                                label + " (" + what_if.name + ")"));
  }
  return courses;
}

/// Runs every course; false when it was interrupted.
bool run_all(std::vector<std::unique_ptr<Course>>& courses, const po::variables_map& values,
             const Invocation& invocation) {
  const std::int64_t all = replicates_from(values, courses.front()->plan);
  std::optional<Precision> precision;
  if (values.contains("precision")) {
    precision = precision_from(values["precision"].as<std::string>());
  }
  Progress progress(invocation, all * static_cast<std::int64_t>(courses.size()));
  forecast::StudyOptions options;
  options.threads = threads_from(values);
  options.interrupted = &Interrupts::happened();
  // Round by round over plan and what-ifs, so that an interrupt leaves something to compare.
  for (std::int64_t round = std::min(first_round, all);; round = std::min(2 * round, all)) {
    for (const auto& course : courses) {
      std::int64_t elsewhere = 0;
      for (const auto& other : courses) {
        if (other != course) elsewhere += static_cast<std::int64_t>(other->outcomes.size());
      }
      options.progress = [&, elsewhere](std::int64_t runs) {
        progress.show(course->plan.name, runs, elsewhere);
      };
      if (!forecast::run_replicates(course->scene, course->outcomes, round, options)) return false;
    }
    if (round == all) return true;
    const Course& plan = *courses.front();
    if (precision && is_precise(forecast::forecast_of(plan.scene, plan.outcomes), *precision)) {
      return true;
    }
  }
}

void write_file(const std::string& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw UsageError(file + ": cannot be written");
}

std::optional<std::string> first_day(const po::variables_map& values) {
  if (!values.contains("begins")) return std::nullopt;
  const std::string& text = values["begins"].as<std::string>();
  if (text.size() != 10 || !moment_from(text)) {
    throw UsageError("--begins: expected a date such as 2026-12-01, found '" + text + "'");
  }
  return text;
}

void write_files(const po::variables_map& values, const forecast::Forecast& known,
                 const std::vector<forecast::Comparison>& comparisons) {
  if (values.contains("csv")) {
    std::ostringstream csv;
    write_forecast_csv(known, csv);
    write_file(values["csv"].as<std::string>(), csv.str());
  }
  if (values.contains("html")) {
    write_file(values["html"].as<std::string>(),
               report::forecast_page(forecast_result(known, comparisons, first_day(values))));
  }
}

}  // namespace

int forecast_verb(const Invocation& invocation) {
  const auto values = read_options(forecast_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("plan")) throw UsageError("name a plan (see vfstock forecast --help)");
  if (values->contains("purchase")) {
    return search_purchase(*values, read_document(*values), invocation);
  }
  (void)first_day(*values);
  auto courses = read_courses(*values);
  const Interrupts interrupts;
  const bool complete = run_all(courses, *values, invocation);
  const Course& plan = *courses.front();
  if (plan.outcomes.size() < 2) {
    invocation.err << "vfstock forecast: interrupted before anything was known\n";
    return interrupted_status;
  }
  const forecast::Forecast known = forecast::forecast_of(plan.scene, plan.outcomes);
  std::vector<forecast::Comparison> comparisons;
  for (std::size_t i = 1; i < courses.size(); ++i) {
    if (courses[i]->outcomes.size() < 2) continue;
    comparisons.push_back(forecast::comparison_of(plan.scene, plan.outcomes, courses[i]->scene,
                                                  courses[i]->outcomes));
  }
  write_files(*values, known, comparisons);
  if ((*values)["json"].as<bool>()) {
    invocation.out << forecast_json(known, comparisons).dump() << "\n";
  } else {
    print_forecast(known, comparisons, first_day(*values), invocation.out);
  }
  if (complete) return Status::good;
  invocation.err << "vfstock forecast: interrupted; this is what " << known.replicates
                 << " runs say\n";
  return interrupted_status;
}

}  // namespace vfstock::sim::cli
