// What fit has learnt, for people.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "sim/cli/forecast/fit_report.h"
#include "sim/cli/forecast/words.h"
#include "sim/forecast/fit/demand_json.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace fit = forecast::fit;
using fit::DemandModel;
using fit::Marks;
using forecast::Law;

namespace {

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

/// The time by which half of these lives are over, from an age on; infinite: never.
double half_life(const Law& law, const std::vector<double>& ages) {
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

std::string day_text(double seconds) { return fit::calendar_text(seconds).substr(0, 10); }

void print_few(const DemandModel& model, const fit::PriorRange& prior, std::ostream& out) {
  out << fmt::format(
      "  orders    {} in {:.0f} days: too few to learn hours, weekdays or how good this is\n"
      "            {:.2f} a day, give or take {}, of these and of what is plausible before any\n"
      "            ({} to {} a day for eight products of ten; --prior LOW..HIGH says otherwise)\n",
      model.batches, (model.end - model.begin) / fit::day_s, model.per_day(),
      percent(model.rate_error()), prior.low, prior.high);
}

void print_level(const DemandModel& model, std::ostream& out) {
  out << fmt::format(
      "  orders    {:.2f} a day now, {:+.1f} % a month; known to {} now, to {} in a month\n",
      model.per_day(), 100 * model.growth_per_month(), percent(model.rate_error()),
      percent(model.rate_error_in_a_month()));
  if (model.level_break) {
    const double at = model.begin + static_cast<double>(model.level_break->period) *
                                        fit::seconds_of(model.period);
    out << fmt::format(
        "  break     on {} from {:.2f} to {:.2f} a day: what came before is forgotten\n",
        day_text(at), 24 * model.level_break->before, 24 * model.level_break->after);
  }
  std::vector<std::pair<double, std::string>> parts;
  for (std::size_t m = 0; m < fit::methods.size(); ++m) {
    const double weight = model.backtest.weights[m];
    if (weight >= 0.05) parts.emplace_back(-weight, fit::name_of(fit::methods[m], model.period));
  }
  std::sort(parts.begin(), parts.end());
  out << "  model    ";
  for (std::size_t n = 0; n < parts.size(); ++n) {
    out << fmt::format("{} {} {:.0f} %", n == 0 ? "" : ",", parts[n].second, -100 * parts[n].first);
  }
  out << fmt::format("; best alone: {}\n", fit::name_of(model.backtest.best, model.period));
}

void print_pattern(const DemandModel& model, std::ostream& out) {
  constexpr std::array days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                            "Friday", "Saturday", "Sunday"};
  const fit::Pattern& pattern = model.outlook.pattern;
  if (!pattern.has_hours) {
    out << "  hours     all alike: too few orders with an hour to tell them apart\n";
    return;
  }
  const Extremes hours = extremes_of(pattern.hours, true), week = extremes_of(pattern.hours, false);
  out << fmt::format("  hours     busiest {:02}:00 (x{:.2f}), quietest {:02}:00 (x{:.2f})\n",
                     hours.most, hours.most_factor, hours.least, hours.least_factor);
  if (!pattern.has_weekdays) {
    out << "  week      all days alike: less than two weeks were seen\n";
    return;
  }
  out << fmt::format("  week      busiest {} (x{:.2f}), quietest {} (x{:.2f})\n", days[week.most],
                     week.most_factor, days[week.least], week.least_factor);
}

void print_spread(const DemandModel& model, std::ostream& out) {
  const fit::Spread& spread = model.outlook.orders;
  const char* const period = fit::name_of(model.period);
  const double steps = fit::day_s / fit::seconds_of(model.period);
  out << fmt::format(
      "  levels    differ by {} beyond chance from one {} to the next, and move by {} "
      "in a day\n",
      percent(std::sqrt(spread.brief)), period, percent(std::sqrt(spread.walk * steps)));
  const double size = fit::mean_size(model.outlook.sizes);
  out << fmt::format("  batches   {} orders of {:.2f} VPSes on average, {} at most\n",
                     model.batches, size, model.outlook.sizes.size());
}

void print_special(const FittedProduct& product, std::ostream& out) {
  const DemandModel& model = product.model;
  if (model.open_share < 1) {
    out << fmt::format(
        "  closed    {} of the time, by what was said; sold {:.2f} a day, wanted {} more\n",
        percent(1 - model.open_share), model.sold_per_day(),
        percent(std::max(0.0, 1 / model.open_share - 1)));
  }
  for (const fit::EventFactor& event : model.events) {
    out << fmt::format("  event     {}: {:.0f} orders where {:.1f} are usual (x{:.1f})\n",
                       report::clean(event.name), event.orders, event.usual, event.factor());
  }
  if (!model.peaks.empty()) {
    out << fmt::format(
        "  peaks     {} day{} far busier than those before, first {}, last {}: counted "
        "in part (--event NAME=FROM..TO)\n",
        model.peaks.size(), model.peaks.size() == 1 ? "" : "s", day_text(model.peaks.front()),
        day_text(model.peaks.back()));
  }
  if (!product.suspicious.empty()) {
    const fit::Span& first = product.suspicious.front();
    out << fmt::format(
        "  gaps      {} without an order for longer than chance explains, first {} to "
        "{}: if it was sold out then, say so (--closed FROM..TO)\n",
        product.suspicious.size(), day_text(first.from), day_text(first.until));
  }
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
  for (const auto& [cycle, survival] : model.survival_by_cycle) {
    out << fmt::format("  {:<9} {}\n", report::clean(cycle),
                       over_after(half_life(Law::empirical(survival), {0}), "them"));
  }
  if (model.ages.empty()) return;
  out << fmt::format("  running   {}; {}\n", model.ages.size(),
                     over_after(half_life(law, model.ages), "them"));
  std::size_t cancelled = 0;
  for (const fit::StillRunning& kind : model.still_running) {
    cancelled += kind.ends ? kind.ages.size() : 0;
  }
  if (cancelled > 0)
    out << fmt::format("            {} of them are cancelled already\n", cancelled);
}

void print_product(const FittedProduct& product, const fit::PriorRange& prior, std::ostream& out) {
  const DemandModel& model = product.model;
  out << fmt::format("\n{}\n", report::clean(product.name));
  if (model.few) {
    print_few(model, prior, out);
  } else {
    print_level(model, out);
    print_pattern(model, out);
    print_spread(model, out);
  }
  print_special(product, out);
  print_lives(model, out);
}

void print_marks(const std::string& name, const Marks& marks, const Marks& reference,
                 std::ostream& out) {
  const auto moments = static_cast<double>(std::max<std::int64_t>(1, marks.totals.forecasts));
  out << fmt::format(
      "  {:<18}{:>12}{:>12}{:>9.3f}{:>8.2f}{:>13}{:>9.2f}{:>10.3f}\n", name,
      percent(marks.periods.coverage_50()), percent(marks.periods.coverage_80()),
      marks.periods.mean_ranked(),
      reference.periods.ranked > 0 ? marks.periods.ranked / reference.periods.ranked : 1,
      percent(marks.totals.coverage_80()), marks.totals.mean_ranked(), marks.sell_out / moments);
}

void print_pit(const fit::Backtest& all, std::ostream& out) {
  out << "  where the counts fell, by tenths of the forecast (even is honest):";
  for (const double share : all.pit.shares()) out << fmt::format(" {:.0f}", 100 * share);
  out << " %\n";
}

void print_backtest(const FitReport& report, std::ostream& out) {
  const fit::Backtest all = backtests_of(report);
  if (all.fitted.periods.forecasts == 0) {
    out << "\nToo short a history for a backtest.\n";
    return;
  }
  const Marks& naive = all.marks[fit::place_of(fit::Method::last_week)];
  out << fmt::format(
      "\nBacktest: {} forecasts of the VPSes sold in one {}, and {} of those sold in {} of them, "
      "each "
      "from what was known before\n",
      all.fitted.periods.forecasts, fit::name_of(report.period), all.fitted.totals.forecasts,
      all.lead);
  out << fmt::format("  {:<18}{:>12}{:>12}{:>9}{:>8}{:>13}{:>9}{:>10}\n", "", "within 50 %",
                     "within 80 %", "CRPS", "share", "total 80 %", "CRPS", "sell-out");
  print_marks("fitted", all.fitted, naive, out);
  for (std::size_t m = 0; m < fit::methods.size(); ++m) {
    print_marks(fit::name_of(fit::methods[m], report.period), all.marks[m], naive, out);
  }
  print_pit(all, out);
  if (all.sell_outs > 0) {
    out << fmt::format("  sell-out dates within their 80 % interval: {} of {}\n",
                       all.sell_outs_within_80, all.sell_outs);
  }
  constexpr std::int64_t totals_min = 10;
  if (all.fitted.totals.forecasts >= totals_min && all.fitted.totals.coverage_80() < 0.6) {
    out << "  The totals of the last third do not fit: this demand changes in ways that its past "
           "does "
           "not show.\n";
  }
  if (report.products.size() > 1) {
    out << fmt::format(
        "  all products together vary {:.1f} times as much as if they were "
        "independent\n",
        report.shared_ratio);
  }
}

}  // namespace

std::string how_good(const FitReport& report) {
  const fit::Score fitted = backtests_of(report).fitted.periods;
  std::string words = fmt::format("Demand learnt from {} until {}", report::clean(report.source),
                                  fit::calendar_text(report.end));
  if (fitted.forecasts > 0) {
    words +=
        fmt::format("; of {} periods (one {}) held out, its 80 % interval would have covered {}",
                    fitted.forecasts, fit::name_of(report.period), percent(fitted.coverage_80()));
  }
  return words + ".";
}

void print_fit(const FitReport& report, std::ostream& out) {
  std::int64_t orders = 0;
  for (const FittedProduct& product : report.products) orders += product.model.batches;
  out << fmt::format("{}: {} orders of {} product{} until {}\n", report::clean(report.source),
                     orders, report.products.size(), report.products.size() == 1 ? "" : "s",
                     fit::calendar_text(report.end));
  for (const FittedProduct& product : report.products) {
    print_product(product, report.prior, out);
  }
  print_backtest(report, out);
  for (const std::string& remark : report.remarks) out << report::clean(remark) << "\n";
}

}  // namespace vfstock::sim::cli
