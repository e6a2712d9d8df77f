#include "sim/cli/forecast/fit_report.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "sim/cli/forecast/words.h"
#include "sim/cli/moment.h"
#include "sim/forecast/fit/demand_json.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace fit = forecast::fit;
using document::Json;
using fit::DemandModel;
using fit::Score;
using forecast::Law;

namespace {

using Scores = std::array<Score, fit::methods.size()>;

std::string moment(double seconds) {
  return moment_text(
      WallTime{std::chrono::milliseconds{std::llround(seconds) * std::int64_t{1000}}});
}

const char* name_of(fit::Period period) { return period == fit::Period::day ? "day" : "hour"; }

Scores scores_of(const FitReport& report) {
  Scores total;
  for (const FittedProduct& product : report.products) {
    for (std::size_t m = 0; m < total.size(); ++m) total[m].add(product.backtest.scores[m]);
  }
  return total;
}

/// The busiest and the quietest of equal parts of the week: by hour of the day, or by day.
struct Extremes {
  std::size_t most = 0, least = 0;
  double most_factor = 0, least_factor = 0;
};

Extremes extremes_of(const fit::WeekProfile& profile, bool by_hour) {
  std::vector<double> factors(by_hour ? 24 : 7);
  for (std::size_t hour = 0; hour < profile.size(); ++hour) {
    factors[by_hour ? hour % 24 : hour / 24] +=
        profile[hour] * static_cast<double>(factors.size()) / static_cast<double>(profile.size());
  }
  const auto [least, most] = std::minmax_element(factors.begin(), factors.end());
  return {static_cast<std::size_t>(most - factors.begin()),
          static_cast<std::size_t>(least - factors.begin()), *most, *least};
}

double mean_size(const fit::SizeLaw& sizes) {
  double mean = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) mean += static_cast<double>(i + 1) * sizes[i];
  return mean;
}

/// The time by which half of these lives are over, from an age on; infinite: never.
double half_life(const Law& law, std::vector<double> ages) {
  constexpr int draws = 100;
  constexpr std::size_t ages_max = 500;
  std::vector<double> left;
  const std::size_t step = std::max<std::size_t>(1, ages.size() / ages_max);
  for (std::size_t i = 0; i < ages.size(); i += step) {
    for (int n = 0; n < draws; ++n) left.push_back(law.remaining(ages[i], (n + 0.5) / draws));
  }
  const auto middle = left.begin() + static_cast<std::ptrdiff_t>(left.size() / 2);
  std::nth_element(left.begin(), middle, left.end());
  return *middle;
}

std::string time_text(double seconds) {
  if (seconds < 2 * fit::hour_s) return fmt::format("{:.0f} minutes", seconds / 60);
  if (seconds < 2 * fit::day_s) return fmt::format("{:.1f} hours", seconds / fit::hour_s);
  return fmt::format("{:.1f} days", seconds / fit::day_s);
}

std::string over_after(double seconds, const char* whose) {
  if (std::isinf(seconds))
    return fmt::format("more than half of {} outlast all that was seen", whose);
  return fmt::format("half of {} end within {}", whose, time_text(seconds));
}

void print_lives(const DemandModel& model, std::ostream& out) {
  if (model.survival.empty()) {
    out << "  lives     not known\n";
    return;
  }
  const Law law = Law::empirical(model.survival);
  out << fmt::format(
      "  lives     {}; {} outlast all that was seen ({} lives, {} of them not over)\n",
      over_after(half_life(law, {0}), "them"), percent(model.never_leaves()), model.lives.size(),
      model.ages.size());
  if (model.ages.empty()) return;
  out << fmt::format("  running   {}; {}\n", model.ages.size(),
                     over_after(half_life(law, model.ages), "them"));
}

void print_product(const FittedProduct& product, std::ostream& out) {
  constexpr std::array days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                            "Friday", "Saturday", "Sunday"};
  const DemandModel& model = product.model;
  out << fmt::format("\n{}\n  orders    {:.2f} a day at the end, {:+.1f} % a month; known to {}\n",
                     report::clean(product.name), model.per_day, 100 * model.growth_per_month,
                     percent(model.rate_error));
  const Extremes hours = extremes_of(model.profile, true), week = extremes_of(model.profile, false);
  out << fmt::format("  hours     busiest {:02}:00 (x{:.2f}), quietest {:02}:00 (x{:.2f})\n",
                     hours.most, hours.most_factor, hours.least, hours.least_factor);
  out << fmt::format("  week      busiest {} (x{:.2f}), quietest {} (x{:.2f})\n", days[week.most],
                     week.most_factor, days[week.least], week.least_factor);
  out << fmt::format("  days      differ by {} beyond chance\n", percent(model.day_deviation));
  out << fmt::format("  batches   {} orders of {:.2f} VPSes on average, {} at most\n",
                     model.batches, mean_size(model.sizes), model.sizes.size());
  print_lives(model, out);
}

void print_backtest(const FitReport& report, std::ostream& out) {
  const Scores scores = scores_of(report);
  if (scores.front().forecasts == 0) {
    out << "\nToo short a history for a backtest.\n";
    return;
  }
  out << fmt::format(
      "\nBacktest: {} forecasts of the VPSes sold in one {}, each from what was known before\n",
      scores.front().forecasts, name_of(report.period));
  out << fmt::format("  {:<18}{:>13}{:>13}{:>11}{:>9}\n", "", "within 50 %", "within 80 %",
                     "pinball", "CRPS");
  for (std::size_t m = 0; m < scores.size(); ++m) {
    out << fmt::format("  {:<18}{:>13}{:>13}{:>11.3f}{:>9.3f}\n", fit::name_of(fit::methods[m]),
                       percent(scores[m].coverage_50()), percent(scores[m].coverage_80()),
                       scores[m].mean_pinball(), scores[m].mean_ranked());
  }
}

Json scores_json(const Scores& scores) {
  Json json = Json::array();
  for (std::size_t m = 0; m < scores.size(); ++m) {
    json.push_back({{"method", fit::name_of(fit::methods[m])},
                    {"forecasts", scores[m].forecasts},
                    {"within_50", scores[m].coverage_50()},
                    {"within_80", scores[m].coverage_80()},
                    {"pinball", scores[m].mean_pinball()},
                    {"crps", scores[m].mean_ranked()}});
  }
  return json;
}

Json product_json(const FittedProduct& product) {
  const DemandModel& model = product.model;
  return {{"product", model.product},
          {"name", report::clean(product.name)},
          {"from", moment(model.begin)},
          {"orders", model.batches},
          {"vpses", model.vps},
          {"per_day", model.per_day},
          {"growth_per_month", model.growth_per_month},
          {"rate_error", model.rate_error},
          {"day_deviation", model.day_deviation},
          {"week", model.profile},
          {"mean_batch", mean_size(model.sizes)},
          {"lives", model.lives.size()},
          {"running", model.ages.size()},
          {"never_leaves", model.never_leaves()},
          {"life", fit::life_json(model.survival)},
          {"backtest", scores_json(product.backtest.scores)}};
}

}  // namespace

std::string how_good(const FitReport& report) {
  const Score fitted = scores_of(report).front();
  std::string words = fmt::format("Demand learnt from {} until {}", report::clean(report.source),
                                  moment(report.end));
  if (fitted.forecasts > 0) {
    words += fmt::format("; of {} {}s held out, its 80 % interval would have covered {}",
                         fitted.forecasts, name_of(report.period), percent(fitted.coverage_80()));
  }
  return words + ".";
}

void print_fit(const FitReport& report, std::ostream& out) {
  std::int64_t orders = 0;
  for (const FittedProduct& product : report.products) orders += product.model.batches;
  out << fmt::format("{}: {} orders of {} product{} until {}\n", report::clean(report.source),
                     orders, report.products.size(), report.products.size() == 1 ? "" : "s",
                     moment(report.end));
  for (const FittedProduct& product : report.products) print_product(product, out);
  print_backtest(report, out);
  for (const std::string& remark : report.remarks) out << report::clean(remark) << "\n";
}

Json fit_json(const FitReport& report, const std::optional<Json>& fragment) {
  Json json{{"format", 1},
            {"source", report::clean(report.source)},
            {"until", moment(report.end)},
            {"period", name_of(report.period)},
            {"products", Json::array()},
            {"backtest", scores_json(scores_of(report))},
            {"remarks", Json::array()},
            {"fragment", fragment.value_or(Json(nullptr))}};
  for (const FittedProduct& product : report.products) {
    json["products"].push_back(product_json(product));
  }
  for (const std::string& remark : report.remarks) {
    json["remarks"].push_back(report::clean(remark));
  }
  return json;
}

void write_backtest_csv(const FitReport& report, std::ostream& out) {
  out << "time,product,observed,p10,p25,p50,p75,p90\n";
  for (const FittedProduct& product : report.products) {
    for (const fit::Held& held : product.backtest.held) {
      out << fmt::format("{},{},{},{}\n", moment(held.from), product.model.product, held.vps,
                         fmt::join(held.quantiles, ","));
    }
  }
}

}  // namespace vfstock::sim::cli
