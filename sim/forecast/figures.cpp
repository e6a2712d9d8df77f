#include "sim/forecast/figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "sim/forecast/outcome_rows.h"

namespace vfstock::sim::forecast {
namespace {

constexpr double risk_tail = 0.1;

Figures figures_of_rows(const Rows& rows) {
  const auto count = [&](double ProductOutcome::*field) { return count_mean_of(rows.each(field)); };
  const auto money = [&](double ProductOutcome::*field) {
    Estimate mean = mean_of(rows.each(field));
    mean.low = std::max(0.0, mean.low);
    return mean;
  };
  Figures figures;
  figures.wanted = count(&ProductOutcome::wanted);
  figures.served = count(&ProductOutcome::served);
  figures.lost_true = count(&ProductOutcome::lost_true);
  figures.lost_false = count(&ProductOutcome::lost_false);
  figures.oversold = count(&ProductOutcome::oversold);
  figures.money_served = money(&ProductOutcome::money_served);
  figures.money_lost = money(&ProductOutcome::money_lost);
  figures.money_oversold = money(&ProductOutcome::money_oversold);
  figures.revenue_served = money(&ProductOutcome::revenue_served);
  figures.revenue_lost = money(&ProductOutcome::revenue_lost);
  figures.revenue_lost_tail = tail_mean_of(rows.each(&ProductOutcome::revenue_lost), risk_tail);
  figures.fill_rate =
      bounded_ratio_of(rows.each(&ProductOutcome::served), rows.each(&ProductOutcome::wanted));
  figures.ready_rate = bounded_mean_of(rows.each(&ProductOutcome::in_stock));
  const auto probes = rows.each(&ProductOutcome::probes);
  figures.stale_share = bounded_ratio_of(rows.each(&ProductOutcome::stale), probes);
  if (std::isinf(figures.stale_share.error)) figures.stale_share = {0, 0, 1, infinite};
  figures.stale_by = ratio_of(rows.each(&ProductOutcome::stale_by), probes);
  return figures;
}

SellOut sell_out_of(std::vector<double> days, const std::vector<double>& sample_days) {
  SellOut sell_out;
  const auto never_sold = std::count(days.begin(), days.end(), infinite);
  sell_out.within_horizon =
      share_of(days.size() - static_cast<std::size_t>(never_sold), days.size());
  std::sort(days.begin(), days.end());
  for (std::size_t i = 0; i < sell_out_quantiles.size(); ++i) {
    sell_out.quantiles[i] = quantile_of(days, sell_out_quantiles[i]);
    sell_out.quantiles[i].low = std::max(0.0, sell_out.quantiles[i].low);
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

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, 0.5).value;
}

/// The fifths of the runs with the least and the most demand; runs of equal demand by number.
std::optional<std::array<Leaning, 2>> leanings_of(const Rows& rows) {
  constexpr std::size_t share = 5, runs_min = 50;
  const auto wanted = rows.each(&ProductOutcome::wanted);
  const double all = std::accumulate(wanted.begin(), wanted.end(), 0.0);
  if (rows.count() < runs_min || all <= 0) return std::nullopt;
  const auto days = in_days(rows.each(&ProductOutcome::sold_out_at));
  std::vector<std::size_t> order(rows.count());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t one, std::size_t other) { return wanted[one] < wanted[other]; });
  const std::size_t size = order.size() / share;
  std::array<Leaning, 2> leanings;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t first = side == 0 ? 0 : order.size() - size;
    double sum = 0;
    std::vector<double> sold;
    for (std::size_t i = first; i < first + size; ++i) {
      sum += wanted[order[i]];
      sold.push_back(days[order[i]]);
    }
    leanings[side] = {sum / static_cast<double>(size) * static_cast<double>(order.size()) / all,
                      median_of(std::move(sold))};
  }
  return leanings;
}

std::string group_name(const Scene& scene, std::int64_t id) {
  const auto group = scene.plan.panel.groups.find(id);
  if (group != scene.plan.panel.groups.end() && !group->second.name.empty()) {
    return group->second.name;
  }
  return "group " + std::to_string(id);
}

std::vector<LocationFigures> locations_of(const Scene& scene, const Outcomes& outcomes,
                                          std::size_t product) {
  std::vector<LocationFigures> locations;
  const auto ids = scene.fleet.group_ids();
  for (const std::int32_t group : scene.offers[product].groups) {
    const auto g = static_cast<std::size_t>(group);
    LocationFigures location{ids[g], group_name(scene, ids[g])};
    for (const Outcome& outcome : outcomes) {
      location.wanted += outcome.wanted_at[product * ids.size() + g];
      location.lost += outcome.lost_at[product * ids.size() + g];
    }
    location.wanted /= static_cast<double>(outcomes.size());
    location.lost /= static_cast<double>(outcomes.size());
    locations.push_back(std::move(location));
  }
  return locations;
}

GroupFigures group_of(const Scene& scene, const Outcomes& outcomes, std::size_t group,
                      const std::vector<double>& sample_days) {
  GroupFigures figures;
  figures.id = scene.fleet.group_ids()[group];
  figures.name = group_name(scene, figures.id);
  std::vector<double> moments;
  for (const Outcome& outcome : outcomes) moments.push_back(outcome.group_sold_out_at[group]);
  figures.sell_out = sell_out_of(in_days(moments), sample_days);
  const std::size_t samples = scene.sample_times.size();
  figures.utilisation.resize(samples);
  for (std::size_t s = 0; s < samples; ++s) {
    for (const Outcome& outcome : outcomes) {
      const Utilisation& one = outcome.utilisation[group * samples + s];
      for (std::size_t d = 0; d < one.size(); ++d) figures.utilisation[s][d] += one[d];
    }
    for (double& share : figures.utilisation[s]) {
      share *= utilisation_unit / static_cast<double>(outcomes.size());
    }
  }
  const Utilisation now = utilisation_of(scene.fleet, static_cast<std::int32_t>(group));
  for (std::size_t d = 0; d < now.size(); ++d)
    figures.utilisation_now[d] = now[d] * utilisation_unit;
  return figures;
}

std::vector<double> of_each(const Outcomes& outcomes, double Outcome::*field) {
  std::vector<double> values;
  for (const Outcome& outcome : outcomes) values.push_back(outcome.*field);
  return values;
}

}  // namespace

Figures figures_of(const Outcomes& outcomes, std::optional<std::size_t> product) {
  return figures_of_rows(Rows(outcomes, product, outcomes.size()));
}

Estimate sold_out_share(const Outcomes& outcomes, std::size_t product, Time within) {
  std::size_t sold = 0;
  for (const Outcome& outcome : outcomes) {
    const double at = outcome.products[product].sold_out_at;
    if (at >= 0 && at <= static_cast<double>(within)) ++sold;
  }
  return share_of(sold, outcomes.size());
}

Forecast forecast_of(const Scene& scene, const Outcomes& outcomes) {
  Forecast forecast;
  forecast.name = scene.plan.name;
  forecast.description = scene.plan.description;
  forecast.replicates = static_cast<std::int64_t>(outcomes.size());
  const Plan& plan = scene.plan;
  forecast.priced = !plan.prices.empty();
  forecast.currency = plan.currency;
  forecast.begins = plan.begins;
  forecast.horizon_days = static_cast<double>(plan.horizon) / day_ms;
  forecast.seed = plan.seed;
  forecast.engine = plan.mode == StockMode::engine;
  forecast.notes = plan.notes;
  forecast.notes.insert(forecast.notes.end(), scene.notes.begin(), scene.notes.end());
  for (const Time time : scene.sample_times) {
    forecast.sample_days.push_back(static_cast<double>(time) / day_ms);
  }
  forecast.total = figures_of(outcomes, std::nullopt);
  const std::size_t samples = scene.sample_times.size();
  for (std::size_t p = 0; p < scene.terms.rows.size(); ++p) {
    const Rows rows(outcomes, p, outcomes.size());
    ProductFigures product;
    product.id = scene.terms.rows[p].id.value;
    product.name = scene.terms.rows[p].name;
    product.figures = figures_of_rows(rows);
    product.stock_now = stock_of(scene.offers[p], scene.fleet);
    product.locations = locations_of(scene, outcomes, p);
    product.leanings = leanings_of(rows);
    product.sell_out =
        sell_out_of(in_days(rows.each(&ProductOutcome::sold_out_at)), forecast.sample_days);
    product.fan = fan_of(outcomes, p, samples);
    add_binding(product, outcomes, p);
    forecast.products.push_back(std::move(product));
  }
  for (std::size_t g = 0; g < scene.fleet.group_ids().size(); ++g) {
    forecast.groups.push_back(group_of(scene, outcomes, g, forecast.sample_days));
  }
  forecast.api_calls = mean_of(of_each(outcomes, &Outcome::api_calls));
  forecast.vpses_ended_early = mean_of(of_each(outcomes, &Outcome::vpses_ended_early));
  for (const Outcome& outcome : outcomes) forecast.events += outcome.events;
  return forecast;
}

}  // namespace vfstock::sim::forecast
