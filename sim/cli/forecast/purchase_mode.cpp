#include "sim/cli/forecast/purchase_mode.h"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/words.h"
#include "sim/cli/options.h"
#include "sim/forecast/figures.h"
#include "sim/forecast/purchase.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using document::Json;
using forecast::Estimate;
using forecast::Purchase;
using forecast::PurchaseAnswer;
using forecast::PurchaseTrial;

namespace {

/// A trial was broken off.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted before the answer was known") {}
};

double day_of(forecast::Time time) { return static_cast<double>(time) / forecast::day_ms; }

Estimate fill_rate_of(const Course& course, const Purchase& purchase) {
  const forecast::Forecast known = forecast::forecast_of(course.scene, course.outcomes);
  for (const forecast::ProductFigures& product : known.products) {
    if (purchase.product == product.id) return product.figures.fill_rate;
  }
  return known.total.fill_rate;
}

std::string figure(const Estimate& fill_rate) {
  return fmt::format("{} ({} to {})", percent(fill_rate.value), percent(fill_rate.low),
                     percent(fill_rate.high));
}

std::string hypervisors(std::int64_t count) {
  return fmt::format("{} hypervisor{}", count, count == 1 ? "" : "s");
}

void print_answer(const Purchase& purchase, const PurchaseAnswer& answer, std::ostream& out) {
  out << fmt::format("{}: {} of the VPSes wanted are to be served\n", purchase.name,
                     percent(purchase.fill_rate));
  out << fmt::format("  as planned   {}\n", figure(answer.without.fill_rate));
  if (!answer.fewest) {
    const PurchaseTrial& most = answer.trials.back();
    out << fmt::format("  not enough   {}, there on day {:.1f}: {}\n", hypervisors(most.count),
                       day_of(most.at), figure(most.fill_rate));
  } else if (answer.fewest->count == 0) {
    out << "  fewest       none is needed\n";
  } else {
    out << fmt::format("  fewest       {}, there on day {:.1f}: {}\n",
                       hypervisors(answer.fewest->count), day_of(answer.fewest->at),
                       figure(answer.fewest->fill_rate));
    out << fmt::format("  order by     day {:.1f}, there on day {:.1f}: {}\n",
                       day_of(answer.latest->at - purchase.lead_time), day_of(answer.latest->at),
                       figure(answer.latest->fill_rate));
  }
}

Json json_of(const PurchaseTrial& trial, const Purchase& purchase) {
  Json json{{"count", trial.count}};
  if (trial.count > 0) {
    json["there_on_day"] = day_of(trial.at);
    json["order_by_day"] = day_of(trial.at - purchase.lead_time);
  }
  json["fill_rate"] = {{"value", trial.fill_rate.value},
                       {"low", trial.fill_rate.low},
                       {"high", trial.fill_rate.high}};
  return json;
}

Json json_of(const Purchase& purchase, const PurchaseAnswer& answer, std::int64_t replicates) {
  const auto maybe = [&](const std::optional<PurchaseTrial>& trial) {
    return trial ? json_of(*trial, purchase) : Json(nullptr);
  };
  Json json{{"format", 1},
            {"purchase", purchase.name},
            {"replicates", replicates},
            {"target", purchase.fill_rate},
            {"without", json_of(answer.without, purchase)},
            {"fewest", maybe(answer.fewest)},
            {"latest", maybe(answer.latest)},
            {"trials", Json::array()}};
  for (const PurchaseTrial& trial : answer.trials) {
    json["trials"].push_back(json_of(trial, purchase));
  }
  return json;
}

void write_trials(const std::string& file, const PurchaseAnswer& answer) {
  std::ofstream stream(file, std::ios::binary);
  stream << "count,day,fill_rate,low,high\n";
  for (const PurchaseTrial& trial : answer.trials) {
    stream << fmt::format("{},{},{},{},{}\n", trial.count, day_of(trial.at), trial.fill_rate.value,
                          trial.fill_rate.low, trial.fill_rate.high);
  }
  stream.close();
  if (!stream) throw UsageError(file + ": cannot be written");
}

void refuse_what_does_not_fit(const po::variables_map& values) {
  for (const char* const option : {"what-if", "precision", "html", "begins"}) {
    if (values.contains(option)) {
      throw UsageError(fmt::format("--purchase and --{}: expected one of them", option));
    }
  }
}

}  // namespace

int search_purchase(const po::variables_map& values, const forecast::PlanDocument& document,
                    const Invocation& invocation) {
  refuse_what_does_not_fit(values);
  const Purchase purchase = forecast::read_purchase(values["purchase"].as<std::string>());
  const forecast::Plan plan = forecast::read_plan(document);
  forecast::check_purchase(purchase, plan);
  const std::int64_t replicates = replicates_from(values, plan);
  const Interrupts interrupts;
  forecast::StudyOptions options;
  options.threads = threads_from(values);
  options.interrupted = &Interrupts::happened();
  const auto fill_rate = [&](std::int64_t count, forecast::Time at) {
    const auto patch = forecast::purchase_patch(document, purchase, count, at);
    const auto course = course_of(forecast::read_plan(document, patch), values,
                                  document.file.string() + " (" + purchase.name + ")");
    if (!forecast::run_replicates(course->scene, course->outcomes, replicates, options)) {
      throw Interrupted();
    }
    if (invocation.progress) {
      invocation.err << fmt::format("{} on day {:.1f}\n", hypervisors(count), day_of(at));
    }
    return fill_rate_of(*course, purchase);
  };
  try {
    const PurchaseAnswer answer = forecast::search_purchase(purchase, plan.horizon, fill_rate);
    if (values.contains("csv")) write_trials(values["csv"].as<std::string>(), answer);
    if (values["json"].as<bool>()) {
      invocation.out << json_of(purchase, answer, replicates).dump() << "\n";
    } else {
      print_answer(purchase, answer, invocation.out);
      invocation.out << fmt::format(
          "{} runs of each of {} trials, all with the same customers; "
          "ranges are 95 % intervals.\n",
          replicates, answer.trials.size());
    }
    return answer.fewest ? Status::good : Status::bad_answer;
  } catch (const Interrupted& error) {
    invocation.err << "vfstock forecast: " << error.what() << "\n";
    return interrupted_status;
  }
}

}  // namespace vfstock::sim::cli
