#include "sim/forecast/figures.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace vfstock::sim::forecast {
namespace {

/// One product's outcomes, or the sum over all products, replicate by replicate.
class Rows {
 public:
  Rows(const Outcomes& outcomes, std::optional<std::size_t> product, std::size_t count)
      : count_(count) {
    rows_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      rows_.push_back(product ? outcomes[i].products[*product] : sum(outcomes[i].products));
    }
  }

  std::vector<double> each(double ProductOutcome::*field) const {
    std::vector<double> values;
    values.reserve(count_);
    for (const ProductOutcome& row : rows_) values.push_back(row.*field);
    return values;
  }
  Estimate mean(double ProductOutcome::*field) const { return mean_of(each(field)); }
  Estimate ratio(double ProductOutcome::*one, double ProductOutcome::*other) const {
    return ratio_of(each(one), each(other));
  }

 private:
  static ProductOutcome sum(const std::vector<ProductOutcome>& products) {
    constexpr std::array fields{
        &ProductOutcome::wanted,     &ProductOutcome::served,         &ProductOutcome::lost_true,
        &ProductOutcome::lost_false, &ProductOutcome::oversold,       &ProductOutcome::money_served,
        &ProductOutcome::money_lost, &ProductOutcome::money_oversold, &ProductOutcome::probes,
        &ProductOutcome::stale,      &ProductOutcome::stale_by,       &ProductOutcome::in_stock};
    ProductOutcome total;
    double last = -1;
    for (const ProductOutcome& product : products) {
      for (const auto field : fields) total.*field += product.*field;
      // As a whole the shop is sold out when its last product is.
      last = product.sold_out_at < 0 ? infinite : std::max(last, product.sold_out_at);
    }
    if (!products.empty()) total.in_stock /= static_cast<double>(products.size());
    total.sold_out_at = last == infinite ? -1 : last;
    return total;
  }

  std::size_t count_;
  std::vector<ProductOutcome> rows_;
};

Figures figures_of(const Rows& rows) {
  Figures figures;
  figures.wanted = rows.mean(&ProductOutcome::wanted);
  figures.served = rows.mean(&ProductOutcome::served);
  figures.lost_true = rows.mean(&ProductOutcome::lost_true);
  figures.lost_false = rows.mean(&ProductOutcome::lost_false);
  figures.oversold = rows.mean(&ProductOutcome::oversold);
  figures.money_served = rows.mean(&ProductOutcome::money_served);
  figures.money_lost = rows.mean(&ProductOutcome::money_lost);
  figures.money_oversold = rows.mean(&ProductOutcome::money_oversold);
  figures.fill_rate = rows.ratio(&ProductOutcome::served, &ProductOutcome::wanted);
  figures.ready_rate = rows.mean(&ProductOutcome::in_stock);
  figures.stale_share = rows.ratio(&ProductOutcome::stale, &ProductOutcome::probes);
  figures.stale_by = rows.ratio(&ProductOutcome::stale_by, &ProductOutcome::probes);
  return figures;
}

/// Moments in ms, -1 for none, become days, infinity for none.
std::vector<double> in_days(std::vector<double> moments) {
  for (double& moment : moments) moment = moment < 0 ? infinite : moment / day_ms;
  return moments;
}

SellOut sell_out_of(std::vector<double> days, const std::vector<double>& sample_days) {
  SellOut sell_out;
  std::vector<double> within;
  within.reserve(days.size());
  for (const double day : days) within.push_back(day == infinite ? 0 : 1);
  sell_out.within_horizon = mean_of(within);
  std::sort(days.begin(), days.end());
  for (std::size_t i = 0; i < sell_out_quantiles.size(); ++i) {
    sell_out.quantiles[i] = quantile_of(days, sell_out_quantiles[i]);
  }
  for (const double day : sample_days) {
    const auto sold = std::upper_bound(days.begin(), days.end(), day) - days.begin();
    sell_out.exceedance.push_back(static_cast<double>(sold) / static_cast<double>(days.size()));
  }
  return sell_out;
}

std::vector<std::array<double, 5>> fan_of(const Outcomes& outcomes, std::size_t product,
                                          std::size_t samples) {
  std::vector<std::array<double, 5>> fan(samples);
  std::vector<std::int32_t> stock(outcomes.size());
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      stock[i] = outcomes[i].samples[product * samples + s];
    }
    std::sort(stock.begin(), stock.end());
    for (std::size_t q = 0; q < fan_quantiles.size(); ++q) {
      const auto rank = static_cast<std::size_t>(
          std::lround(fan_quantiles[q] * static_cast<double>(stock.size() - 1)));
      fan[s][q] = static_cast<double>(stock[rank]);
    }
  }
  return fan;
}

void add_binding(ProductFigures& figures, const Outcomes& outcomes, std::size_t product) {
  double hypervisors = 0, runs = 0;
  for (const Outcome& outcome : outcomes) {
    const ProductOutcome& row = outcome.products[product];
    if (row.sold_out_at < 0) continue;
    ++runs;
    for (std::size_t d = 0; d < row.binding.size(); ++d) {
      figures.binding[d] += row.binding[d];
      hypervisors += row.binding[d];
    }
    for (std::size_t d = 0; d < row.stranded.size(); ++d) figures.stranded[d] += row.stranded[d];
  }
  for (double& share : figures.binding) share = hypervisors == 0 ? 0 : share / hypervisors;
  for (double& left : figures.stranded) left = runs == 0 ? 0 : left / runs;
}

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

std::vector<double> of_each(const Outcomes& outcomes, double Outcome::*field) {
  std::vector<double> values;
  for (const Outcome& outcome : outcomes) values.push_back(outcome.*field);
  return values;
}

}  // namespace

Forecast forecast_of(const Scene& scene, const Outcomes& outcomes) {
  Forecast forecast;
  forecast.name = scene.plan.name;
  forecast.description = scene.plan.description;
  forecast.replicates = static_cast<std::int64_t>(outcomes.size());
  forecast.priced = !scene.plan.prices.empty();
  for (const Time time : scene.sample_times) {
    forecast.sample_days.push_back(static_cast<double>(time) / day_ms);
  }
  forecast.total = figures_of(Rows(outcomes, std::nullopt, outcomes.size()));
  const std::size_t samples = scene.sample_times.size();
  for (std::size_t p = 0; p < scene.terms.rows.size(); ++p) {
    const Rows rows(outcomes, p, outcomes.size());
    ProductFigures product;
    product.id = scene.terms.rows[p].id.value;
    product.name = scene.terms.rows[p].name;
    product.figures = figures_of(rows);
    product.sell_out =
        sell_out_of(in_days(rows.each(&ProductOutcome::sold_out_at)), forecast.sample_days);
    product.fan = fan_of(outcomes, p, samples);
    add_binding(product, outcomes, p);
    forecast.products.push_back(std::move(product));
  }
  for (std::size_t g = 0; g < scene.fleet.group_ids().size(); ++g) {
    std::vector<double> moments;
    for (const Outcome& outcome : outcomes) moments.push_back(outcome.group_sold_out_at[g]);
    forecast.groups.push_back(
        {scene.fleet.group_ids()[g], sell_out_of(in_days(moments), forecast.sample_days)});
  }
  forecast.api_calls = mean_of(of_each(outcomes, &Outcome::api_calls));
  forecast.vpses_ended_early = mean_of(of_each(outcomes, &Outcome::vpses_ended_early));
  for (const Outcome& outcome : outcomes) forecast.events += outcome.events;
  return forecast;
}

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
  for (std::size_t p = 0; p < plan.terms.rows.size(); ++p) {
    const std::int32_t same = what_if.product_index(plan.terms.rows[p].id);
    if (same < 0) continue;
    comparison.products.push_back(
        {plan.terms.rows[p].id.value,
         difference_of(Rows(planned, p, count),
                       Rows(changed, static_cast<std::size_t>(same), count), horizon)});
  }
  return comparison;
}

}  // namespace vfstock::sim::forecast
