// The figures of a forecast: what its replicates say together, per product, per group and as a
// whole, and by how much a what-if differs from the plan.
//
// Plan and what-if share their chance replicate by replicate, so differences are taken within
// replicates. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/forecast/estimate.h"
#include "sim/forecast/scene.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::forecast {

inline constexpr std::array<double, 3> sell_out_quantiles{0.1, 0.5, 0.9};
inline constexpr std::array<double, 5> fan_quantiles{0.1, 0.25, 0.5, 0.75, 0.9};
/// What binds, in the order of ProductOutcome::binding.
inline constexpr std::array<const char*, 6> dimension_names{"memory",  "cores", "storage",
                                                            "servers", "ipv4",  "none"};

/// When something sells out, in days; infinity: not within the horizon.
struct SellOut {
  std::array<Estimate, 3> quantiles;  // sell_out_quantiles
  std::vector<double> exceedance;     // at each sample: the share of runs sold out by then
  Estimate within_horizon;            // share of runs
};

/// Of one product, or of all together. Counts are VPSes per run, money is per month.
struct Figures {
  Estimate wanted, served, lost_true, lost_false, oversold;
  Estimate money_served, money_lost, money_oversold;
  Estimate fill_rate;              // served / wanted
  Estimate ready_rate;             // share of the time in stock; of all: the mean over products
  Estimate stale_share, stale_by;  // of the looks at qty; by how many VPSes
};

struct ProductFigures {
  std::int64_t id = 0;
  std::string name;
  Figures figures;
  SellOut sell_out;
  std::array<double, 6> binding{};         // shares of hypervisors when it sold out
  std::array<double, 3> stranded{};        // MB, cores, GB left in its groups then, mean
  std::vector<std::array<double, 5>> fan;  // stock at each sample: fan_quantiles
};

struct GroupFigures {
  std::int64_t id = 0;
  SellOut sell_out;
};

struct Forecast {
  std::string name, description;
  std::int64_t replicates = 0;
  bool priced = false;
  std::vector<double> sample_days;
  Figures total;
  std::vector<ProductFigures> products;
  std::vector<GroupFigures> groups;
  Estimate api_calls, vpses_ended_early;
  double events = 0;  // of all replicates
};

Forecast forecast_of(const Scene& scene, const Outcomes& outcomes);

/// What-if less plan, within replicates.
struct Difference {
  Estimate served, lost_true, lost_false, oversold, fill_rate, money_served;
  Estimate days_to_sell_out;  // until the horizon at the latest
  Estimate sold_out;          // share of runs that sell out
};

struct Comparison {
  std::string name;
  std::int64_t replicates = 0;
  Difference total;
  Estimate vpses_ended_early;
  struct Product {
    std::int64_t id = 0;
    Difference difference;
  };
  std::vector<Product> products;  // those that plan and what-if both have
};

/// Over the replicates that both have.
Comparison comparison_of(const Scene& plan, const Outcomes& planned, const Scene& what_if,
                         const Outcomes& changed);

}  // namespace vfstock::sim::forecast
