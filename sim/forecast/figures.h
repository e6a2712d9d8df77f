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

/// When something sells out for the first time, in days; infinity: not within the horizon. An
/// interval begins at day 0 at the earliest; an infinite upper end lies beyond the horizon.
struct SellOut {
  std::array<Estimate, 3> quantiles;  // sell_out_quantiles
  std::vector<double> exceedance;     // at each sample: the share of runs sold out by then
  Estimate within_horizon;            // share of runs
};

/// Of one product, or of all together. Counts are VPSes per run, money is per month.
struct Figures {
  Estimate wanted, served, lost_true, lost_false, oversold;
  Estimate money_served, money_lost, money_oversold;
  Estimate revenue_served, revenue_lost;  // within the horizon
  double revenue_lost_tail = 0;           // its mean over the worst tenth of the runs (CVaR)
  Estimate fill_rate;                     // served / wanted
  Estimate ready_rate;             // share of the time in stock; of all: the mean over products
  Estimate stale_share, stale_by;  // of the looks at qty; by how many VPSes
};

/// How a product's customers fare in one location; VPSes per run.
struct LocationFigures {
  std::int64_t group = 0;
  std::string name;
  double wanted = 0, lost = 0;  // lost: refused or oversold
};

/// The sell-out where demand turns out so low or so high: of a fifth of the runs.
struct Leaning {
  double demand = 1;               // wanted in these runs / wanted in all
  double sold_out_day = infinite;  // their median
};

struct ProductFigures {
  std::int64_t id = 0;
  std::string name;
  std::int64_t stock_now = 0;  // by the fleet, buffer held back, when the forecast begins
  std::vector<LocationFigures> locations;
  std::optional<std::array<Leaning, 2>> leanings;  // least and most demand; absent: too few runs
  Figures figures;
  SellOut sell_out;
  std::array<double, 6> binding{};         // shares of hypervisors when it sold out
  std::array<double, 3> stranded{};        // MB, cores, GB left in its groups then, mean
  std::vector<std::array<double, 5>> fan;  // stock at each sample: fan_quantiles
};

struct GroupFigures {
  std::int64_t id = 0;
  std::string name;
  SellOut sell_out;
  /// Mean shares allocated at each sample: memory, cores, storage, servers.
  std::vector<std::array<double, 4>> utilisation;
  std::array<double, 4> utilisation_now{};
};

struct Forecast {
  std::string name, description;
  std::int64_t replicates = 0;
  bool priced = false;
  std::string currency;
  std::optional<Moment> begins;
  double horizon_days = 0;
  std::uint64_t seed = 0;
  bool engine = false;             // qty is what the engine writes, not always the truth
  std::vector<std::string> notes;  // of plan and scene, for people
  std::vector<double> sample_days;
  Figures total;
  std::vector<ProductFigures> products;
  std::vector<GroupFigures> groups;
  Estimate api_calls, vpses_ended_early;
  double events = 0;  // of all replicates
};

Forecast forecast_of(const Scene& scene, const Outcomes& outcomes);
/// One product's sell-out within `within` ms: how many of the runs.
Estimate sold_out_share(const Outcomes& outcomes, std::size_t product, Time within);
/// Of one product, or of all together.
Figures figures_of(const Outcomes& outcomes, std::optional<std::size_t> product);

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
    SellOut sell_out;                        // under the what-if
    std::vector<std::array<double, 5>> fan;  // the same
    Estimate fill_rate;                      // the same
  };
  std::vector<double> sample_days;
  std::vector<std::string> notes;  // that the plan has not
  std::vector<Product> products;   // those that plan and what-if both have
};

/// Over the replicates that both have.
Comparison comparison_of(const Scene& plan, const Outcomes& planned, const Scene& what_if,
                         const Outcomes& changed);

}  // namespace vfstock::sim::forecast
