// Plans small enough for mathematics: hypervisors that are nothing but places, products that are
// nothing but a size, customers one by one. A "day" is the unit of time.
#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "sim/forecast/estimate.h"
#include "sim/forecast/plan.h"
#include "sim/forecast/replicate.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::forecast {

inline constexpr Time day = 86'400'000;

/// One size of VPS: how many places it takes and how many erlang of it are offered.
struct Size {
  std::int64_t places = 1;
  double erlang = 1;
  std::string buffer = "0";
};

/// A loss system: one group, hypervisors of these capacities, lives of mean one day.
inline Plan loss_plan(const std::vector<std::int64_t>& capacities, const std::vector<Size>& sizes) {
  Plan plan;
  plan.mode = StockMode::ideal;
  plan.panel.default_delete_delay = std::chrono::minutes{0};
  plan.panel.groups[1].id = 1;
  for (std::size_t i = 0; i < capacities.size(); ++i) {
    mockpanel::model::Hypervisor row;
    row.id = static_cast<std::int64_t>(i) + 1;
    row.group = 1;
    row.memory_mb.max = capacities[i];
    row.local = mockpanel::model::Pool{};
    row.reports_ipv4 = false;
    plan.panel.hypervisors[row.id] = row;
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto id = static_cast<std::int64_t>(i) + 1;
    mockpanel::model::Package package;
    package.id = id;
    package.memory_mb = sizes[i].places;
    // A panel has no package that needs nothing; hypervisors without a quota do not mind.
    package.cores = package.storage_gb = 1;
    plan.panel.packages[id] = package;
    catalogue::Product product;
    product.id = {id};
    product.servertype = "VirtFusionDirect";
    product.stockcontrol = 1;
    product.configoption1 = "1";
    product.configoption2 = std::to_string(id);
    product.configoption7 = sizes[i].buffer;
    plan.shop.products.push_back(product);
    Stream stream;
    stream.name = "size-" + std::to_string(id);
    stream.entity = entity_of(stream.name);
    stream.products = {{product.id, 1}};
    stream.rate.per_day = sizes[i].erlang;
    stream.rate.until = 1e18;
    stream.life = Law::exponential(day_ms);
    plan.streams.push_back(stream);
  }
  plan.samples = 0;
  return plan;
}

inline Outcomes outcomes_of(const Plan& plan, std::int64_t replicates) {
  const Scene scene(plan);
  Outcomes outcomes;
  StudyOptions options;
  options.threads = 2;
  run_replicates(scene, outcomes, replicates, options);
  return outcomes;
}

/// A figure of one product over the replicates.
template <class Figure>
std::vector<double> each(const Outcomes& outcomes, std::size_t product, Figure figure) {
  std::vector<double> values;
  for (const Outcome& outcome : outcomes) values.push_back(figure(outcome.products[product]));
  return values;
}

/// The share of the product's customers who were lost.
inline Estimate loss(const Outcomes& outcomes, std::size_t product) {
  return ratio_of(
      each(outcomes, product, [](const ProductOutcome& o) { return o.lost_true + o.lost_false; }),
      each(outcomes, product, [](const ProductOutcome& o) { return o.wanted; }));
}

}  // namespace vfstock::sim::forecast
