// What-ifs against the plan, within replicates.
#include <algorithm>

#include "sim/forecast/figures.h"
#include "sim/forecast/outcome_rows.h"

namespace vfstock::sim::forecast {
namespace {

Difference difference_of(const Rows& planned, const Rows& changed, Time horizon) {
  const auto less = [&](double ProductOutcome::*field) {
    std::vector<double> values = changed.each(field);
    const std::vector<double> before = planned.each(field);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= before[i];
    return mean_of(values);
  };
  Difference difference;
  difference.served = less(&ProductOutcome::served);
  difference.lost_true = less(&ProductOutcome::lost_true);
  difference.lost_false = less(&ProductOutcome::lost_false);
  difference.oversold = less(&ProductOutcome::oversold);
  difference.money_served = less(&ProductOutcome::money_served);
  difference.fill_rate = ratio_difference_of(
      changed.each(&ProductOutcome::served), changed.each(&ProductOutcome::wanted),
      planned.each(&ProductOutcome::served), planned.each(&ProductOutcome::wanted));
  const auto before = in_days(planned.each(&ProductOutcome::sold_out_at));
  const auto after = in_days(changed.each(&ProductOutcome::sold_out_at));
  const double end = static_cast<double>(horizon) / day_ms;
  std::vector<double> days, sold;
  for (std::size_t i = 0; i < before.size(); ++i) {
    days.push_back(std::min(after[i], end) - std::min(before[i], end));
    sold.push_back((after[i] == infinite ? 0.0 : 1.0) - (before[i] == infinite ? 0.0 : 1.0));
  }
  difference.days_to_sell_out = mean_of(days);
  difference.sold_out = mean_of(sold);
  return difference;
}

}  // namespace

Comparison comparison_of(const Scene& plan, const Outcomes& planned, const Scene& what_if,
                         const Outcomes& changed) {
  const std::size_t count = std::min(planned.size(), changed.size());
  const Time horizon = std::min(plan.plan.horizon, what_if.plan.horizon);
  Comparison comparison;
  comparison.name = what_if.plan.name;
  comparison.replicates = static_cast<std::int64_t>(count);
  comparison.total = difference_of(Rows(planned, std::nullopt, count),
                                   Rows(changed, std::nullopt, count), horizon);
  std::vector<double> ended(count);
  for (std::size_t i = 0; i < count; ++i) {
    ended[i] = changed[i].vpses_ended_early - planned[i].vpses_ended_early;
  }
  comparison.vpses_ended_early = mean_of(ended);
  const Forecast of_what_if = forecast_of(what_if, changed);
  comparison.sample_days = of_what_if.sample_days;
  std::vector<std::string> known = plan.plan.notes;
  known.insert(known.end(), plan.notes.begin(), plan.notes.end());
  for (const std::string& note : of_what_if.notes) {
    if (std::find(known.begin(), known.end(), note) == known.end())
      comparison.notes.push_back(note);
  }
  for (std::size_t p = 0; p < plan.terms.rows.size(); ++p) {
    const std::int32_t same = what_if.product_index(plan.terms.rows[p].id);
    if (same < 0) continue;
    const auto there = static_cast<std::size_t>(same);
    const ProductFigures& figures = of_what_if.products[there];
    comparison.products.push_back(
        {plan.terms.rows[p].id.value,
         difference_of(Rows(planned, p, count), Rows(changed, there, count), horizon),
         figures.sell_out, figures.fan, figures.figures.fill_rate});
  }
  return comparison;
}

}  // namespace vfstock::sim::forecast
