// A plan: a fleet, a shop, demand, and what is to happen on which date. What a forecast simulates.
//
// Read from JSON by read_plan.h; tests may also fill it by hand. Times are milliseconds since the
// forecast begins. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/plan/policy.h"
#include "mockpanel/model/world.h"
#include "sim/fleet/shop.h"
#include "sim/forecast/arrivals.h"
#include "sim/forecast/event_queue.h"
#include "sim/forecast/law.h"
#include "sim/forecast/plan_calendar.h"

namespace vfstock::sim::forecast {

/// Whether qty is what the production engine writes, or always the truth. The difference between
/// the two is what staleness costs.
enum class StockMode { ideal, engine };

/// How many VPSes a batch wants: shares of the sizes 1, 2, ... as a cumulated law.
struct BatchSizes {
  std::vector<double> cumulated{1.0};
  /// By hour of the day or of the week: how many times as many VPSes beyond the first a batch
  /// wants then; empty: always as many.
  std::vector<double> hours;
  Levels levels;  // of what a batch wants beyond its first VPS
  /// `level`: what the levels are at that moment.
  std::int64_t size(double uniform, double at = 0, double level = 1) const;
  double mean() const;
  /// Geometric from 1 upwards, cut where less than 1e-12 is left. mean >= 1.
  static BatchSizes geometric(double mean);
};

template <class T>
struct Weighted {
  T what{};
  double weight = 0;
};

/// Customers of one kind.
struct Stream {
  std::string name;
  std::uint32_t entity = 0;  // names its draws
  std::vector<Weighted<catalogue::ProductId>> products;
  std::vector<Weighted<std::int64_t>> groups;  // where they go; empty: any of the product's alike
  ArrivalRate rate;
  BatchSizes batch;
  Law life;
  bool outside = false;  // servers made in the panel alone: the shop hears nothing
};

/// VPSes that run when the forecast begins. They are placed as the panel would place them, or are
/// among what the fleet has allocated already: then as many of them as that allocation can hold are
/// assigned to it, and the rest is left out and told.
struct Running {
  std::string name;
  std::uint32_t entity = 0;
  catalogue::ProductId product;
  std::int64_t count = 0;
  std::optional<std::int64_t> group;  // the product's first when absent
  std::vector<double> ages;           // dealt in turn; empty: all new
  Law life;
  double stays = 0;      // that none of them ends before, whatever its life would be
  bool counted = false;  // among what is allocated; else they take places of their own
};

struct HypervisorsEnter {
  std::vector<std::int64_t> ids;
  std::optional<Law> lead_time = std::nullopt;  // from the operation's date; absent: none
};
/// The hypervisor goes, and the VPSes on it end.
struct HypervisorLeaves {
  std::int64_t id = 0;
};
/// No new VPSes from now on, or again.
struct HypervisorAccepts {
  std::int64_t id = 0;
  bool accepts = false;
};
struct HypervisorResized {
  std::int64_t id = 0;
  std::optional<std::int64_t> memory_mb, cores, storage_gb, servers;  // new quotas
};
struct AddressesAdded {
  std::int64_t block = 0, addresses = 0;
};
struct PackageChanged {
  mockpanel::model::Package package;  // as it is from now on
};
struct ProductChanged {
  catalogue::Product row;  // as it is from now on, but for qty
  std::optional<double> price;
};
struct PolicyChanged {
  plan::Policy policy;
};
using Change =
    std::variant<HypervisorsEnter, HypervisorLeaves, HypervisorAccepts, HypervisorResized,
                 AddressesAdded, PackageChanged, ProductChanged, PolicyChanged>;
struct Operation {
  std::string name;
  Time at = 0;
  Change change;
};

/// When the panel's API does not answer: dates, and good and bad spells that take turns.
struct Weather {
  std::vector<std::pair<Time, Time>> outages;  // from, until; ascending, apart
  std::optional<Law> good, bad;
};

/// How many VPSes of a mix fit together at some moments: products by their weights.
struct MixQuestion {
  std::vector<Weighted<catalogue::ProductId>> products;
  Time at = 0;
};

/// What must hold for the answer to be a good one. Each is judged by the unfavourable end of its
/// interval: what is not known does not hold.
struct Expectation {
  std::optional<catalogue::ProductId> product;  // absent: each product
  std::optional<Time> sold_out_within;          // with probability_at_most
  double probability_at_most = 1;
  std::optional<double> fill_rate_at_least, oversold_at_most, lost_at_most;  // VPSes per run
};

struct Plan {
  std::string name, description;
  std::optional<Moment> begins;    // the first hour, by the shop's clock
  std::string currency;            // of the prices; empty: not said
  std::vector<std::string> notes;  // what was left out or cannot matter, for people
  std::vector<Expectation> expectations;
  std::optional<MixQuestion> mix;
  mockpanel::model::World panel;  // hypervisors that come later included
  std::set<std::int64_t> absent;  // the ids of those
  fleet::Shop shop;
  std::map<catalogue::ProductId, double> prices;  // per VPS and month

  std::vector<Stream> streams;
  std::vector<Running> running;
  std::vector<Operation> operations;  // ascending times
  Weather weather;

  StockMode mode = StockMode::engine;
  plan::Policy policy;
  std::string panel_host;
  Time horizon = 0;
  Time warm_up = 0;          // nothing is counted before
  Time provision_after = 0;  // from order to module
  Time cron_every = 300'000;
  bool cart_views = true;     // each customer looks at the cart first
  double probes_per_day = 4;  // looks at how stale qty is
  int samples = 30;           // points of the time grid
  std::int64_t replicates = 1000;
  std::uint64_t seed = 1;
};

/// A number that names draws, from a name: stays the same when other names come and go.
std::uint32_t entity_of(const std::string& name);

}  // namespace vfstock::sim::forecast
