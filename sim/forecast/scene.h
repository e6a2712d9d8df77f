// What all replicates of a plan share: products resolved to needs, groups and reserves, and the
// fleet as it begins. Immutable while replicates run, so safe to share between threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/forecast/fleet_columns.h"
#include "sim/forecast/plan.h"

namespace vfstock::sim::forecast {

/// What of panel and shop says what a product is. A replicate has its own, since dates change it.
struct Terms {
  std::map<std::int64_t, mockpanel::model::Package> packages;
  std::vector<catalogue::Product> rows;  // the products, in the plan's order
  std::vector<double> prices;
  plan::Policy policy;
};

/// A product as customers and panel meet it.
struct Offer {
  std::vector<std::int32_t> groups;  // indices; only those that exist
  Need need;
  bool sellable = false;    // its package exists and is enabled
  bool holds_back = false;  // a buffer above 0
  Reserves reserves;
};

/// How many of the product can be sold: the sum over its groups, at most what a qty column holds.
std::int64_t stock_of(const Offer& offer, const FleetColumns& fleet);

struct Scene {
  /// Throws std::invalid_argument for streams and running VPSes of products that are not there,
  /// and for running VPSes that do not fit and are not counted in the fleet already; the message
  /// begins with the plan's JSON pointer.
  explicit Scene(const Plan& plan);

  /// All products as these terms make them.
  std::vector<Offer> offers_under(const Terms& terms, const FleetColumns& fleet) const;
  std::int32_t product_index(catalogue::ProductId id) const;

  const Plan& plan;  // must outlive the scene
  FleetColumns fleet;
  Terms terms;
  std::vector<Offer> offers;

  /// A stream with its products as indices and its weights cumulated to 1.
  struct Demand {
    const Stream* stream = nullptr;
    std::vector<Weighted<std::int32_t>> products;
    std::vector<Weighted<std::int32_t>> groups;  // indices of groups; empty: the product's own
    bool alone = false;                          // one product, batches of one, its own groups
  };
  std::vector<Demand> demands;
  /// A VPS that runs when the forecast begins; `fleet` counts it already.
  struct Tenant {
    Held held;
    std::int32_t product = 0;
    std::uint32_t kind = 0, number = 0;  // index into plan.running, and index within that kind
    double age = 0;
  };
  std::vector<Tenant> tenants;     // by kind and number
  std::vector<std::string> notes;  // what of the plan's running VPSes was left out, and why
  std::vector<Time> sample_times;
  std::vector<std::vector<std::int32_t>>
      neighbours;  // groups that share address blocks, itself too
  /// By block: the hypervisors that draw from it.
  std::vector<std::vector<std::int32_t>> drawers;

 private:
  void take_in_running();
  Tenant tenant_of(std::uint32_t kind, std::int64_t number) const;
  void place(const Running& running, std::uint32_t kind);
  std::vector<Tenant> assigned_in_order(const std::vector<std::uint32_t>& kinds,
                                        FleetColumns unclaimed) const;
  void assign(std::vector<std::uint32_t> kinds);
};

}  // namespace vfstock::sim::forecast
