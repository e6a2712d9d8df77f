#include "sim/cli/forecast/purchase_mode.h"

#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/forecast_html.h"
#include "sim/cli/forecast/output_files.h"
#include "sim/cli/forecast/purchase_text.h"
#include "sim/cli/forecast/run_courses.h"
#include "sim/cli/options.h"
#include "sim/forecast/figures.h"
#include "sim/report/clean_text.h"
#include "sim/report/forecast_page.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using document::Json;
using forecast::PlanDocument;
using forecast::Purchase;
using forecast::PurchaseAnswer;
using forecast::PurchaseChoice;
using forecast::PurchaseMeasure;

namespace {

/// A trial was broken off.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted before the answer was known") {}
};

PurchaseMeasure measure_of(const Course& course, const Purchase& purchase) {
  const forecast::Forecast known = forecast::forecast_of(course.scene, course.outcomes);
  PurchaseMeasure measure;
  forecast::Figures figures = known.total;
  for (const forecast::ProductFigures& product : known.products) {
    const bool is_asked = purchase.product == product.id;
    if (is_asked) figures = product.figures;
    if (purchase.product && !is_asked) continue;
    // Of all products the one that sells out most often.
    if (product.sell_out.within_horizon.value >= measure.sold_out.value) {
      measure.sold_out = product.sell_out.within_horizon;
    }
  }
  measure.fill_rate = figures.fill_rate;
  measure.revenue = known.total.revenue_served;
  measure.revenue_lost = known.total.revenue_lost;
  measure.revenue_lost_tail = known.total.revenue_lost_tail;
  return measure;
}

/// The search for one plan or what-if.
class PlanSearch {
 public:
  /// The plan itself refuses ids that it has; a what-if has others dealt.
  PlanSearch(const po::variables_map& values, const PlanDocument& document,
             const Purchase& purchase, bool is_what_if, const Invocation& invocation)
      : values_(values),
        document_(document),
        invocation_(invocation),
        plan_(forecast::read_plan(document)),
        purchase_(is_what_if ? forecast::with_free_ids(purchase, plan_) : purchase) {
    forecast::check_purchase(purchase_, plan_);
    options_.threads = threads_from(values);
    options_.interrupted = &Interrupts::happened();
  }

  const forecast::Plan& plan() const { return plan_; }
  PurchaseContext context(const std::string& under) const {
    return {under, plan_.begins, plan_.currency, replicates_from(values_, plan_)};
  }
  PurchaseAnswer answer() {
    return forecast::search_purchase(
        purchase_, plan_.horizon,
        [this](const PurchaseChoice& choice) { return measure_of(*run(choice), purchase_); });
  }
  std::unique_ptr<Course> run(const PurchaseChoice& choice) {
    const auto patch = forecast::purchase_patch(document_, purchase_, choice);
    auto course = course_of(forecast::read_plan(document_, patch), values_,
                            document_.file.string() + " (" + purchase_.name + ")");
    const std::int64_t replicates = replicates_from(values_, plan_);
    if (!forecast::run_replicates(course->scene, course->outcomes, replicates, options_)) {
      throw Interrupted();
    }
    if (invocation_.progress) {
      invocation_.err << fmt::format("{} ordered on day {:g}\n", choice_words(purchase_, choice),
                                     static_cast<double>(choice.ordered_at) / forecast::day_ms);
    }
    return course;
  }

 private:
  const po::variables_map& values_;
  const PlanDocument& document_;
  const Invocation& invocation_;
  forecast::Plan plan_;
  Purchase purchase_;
  forecast::StudyOptions options_;
};

/// The plan, and beside it what the purchase makes of it.
report::ForecastResult page_of(PlanSearch& search, const Purchase& purchase,
                               const PurchaseAnswer& answer, const PurchaseContext& context,
                               const PageFacts& facts) {
  const auto plan = search.run(answer.without.choice);
  plan->plan.name = search.plan().name;
  std::vector<forecast::Comparison> comparisons;
  std::unique_ptr<Course> bought;
  if (answer.latest) {
    bought = search.run(answer.latest->choice);
    const double ordered = static_cast<double>(answer.latest->choice.ordered_at) / forecast::day_ms;
    bought->plan.name = choice_words(purchase, answer.latest->choice) + ", ordered " +
                        (ordered == 0 ? "" : "on ") + day(ordered, context.begins);
    comparisons.push_back(
        forecast::comparison_of(plan->scene, plan->outcomes, bought->scene, bought->outcomes));
  }
  auto page =
      forecast_result(forecast::forecast_of(plan->scene, plan->outcomes), comparisons, {}, facts);
  PurchaseContext dated = context;
  dated.begins = page.begins;
  page.purchase = purchase_section(purchase, answer, dated);
  return page;
}

/// The plan's document as each --what-if makes it, with its name; the plan first. The plan's own
/// what-ifs are often other purchases, and are not asked here.
std::vector<std::pair<std::string, PlanDocument>> documents_of(const PlanDocument& document,
                                                               const po::variables_map& values) {
  std::vector<std::pair<std::string, PlanDocument>> documents{{"as planned", document}};
  documents.front().second.what_ifs.clear();
  const std::size_t asked =
      values.contains("what-if") ? values["what-if"].as<std::vector<std::string>>().size() : 0;
  for (std::size_t i = document.what_ifs.size() - asked; i < document.what_ifs.size(); ++i) {
    const PlanDocument::WhatIf& what_if = document.what_ifs[i];
    documents.emplace_back("if " + what_if.name, documents.front().second);
    documents.back().second.json.merge_patch(what_if.patch);
  }
  return documents;
}

}  // namespace

int search_purchase(const po::variables_map& values, const PlanDocument& document,
                    const Invocation& invocation) {
  if (values.contains("precision")) {
    throw UsageError("--purchase and --precision: expected one of them");
  }
  const Purchase purchase = forecast::read_purchase(values["purchase"].as<std::string>());
  const auto documents = documents_of(document, values);
  std::vector<PlanSearch> searches;
  searches.reserve(documents.size());
  for (const auto& [name, one] : documents) {
    searches.emplace_back(values, one, purchase, !searches.empty(), invocation);
  }
  ForecastFiles files(values);
  const Interrupts interrupts;
  std::string csv = purchase_csv_header(purchase);
  Json what_ifs = Json::array(), json;
  std::ostringstream text;
  std::optional<report::ForecastResult> page;
  bool enough = true;
  try {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const PurchaseContext context = searches[i].context(documents[i].first);
      const PurchaseAnswer answer = searches[i].answer();
      if (i == 0) enough = answer.best.has_value();
      if (i > 0) text << "\n";
      print_purchase(purchase, answer, context, text);
      (i == 0 ? json : what_ifs.emplace_back()) = purchase_json(purchase, answer, context);
      csv += purchase_csv(answer, context);
      if (i > 0 || !values.contains("html")) continue;
      page = page_of(searches[i], purchase, answer, context, page_facts(values, invocation));
    }
  } catch (const Interrupted& error) {
    invocation.err << "vfstock forecast: " << error.what() << "\n";
    return interrupted_status;
  }
  json["what_ifs"] = what_ifs;
  text << fmt::format(
      "{} runs of each choice, all with the same customers; ranges are 95 % "
      "intervals, money is within the horizon.\n",
      searches.front().context("").replicates);
  invocation.out << (values["json"].as<bool>() ? json.dump() + "\n" : report::clean(text.str()));
  files.write_csv([&] { return csv; });
  files.write_html([&] { return report::forecast_page(*page); });
  return enough ? Status::good : Status::bad_answer;
}

}  // namespace vfstock::sim::cli
