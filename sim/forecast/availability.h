// Which products can be sold at this moment, kept up to date event by event.
//
// For every product and group of it, one hypervisor that takes the product stands witness; the
// group is searched only when its witness no longer does. So an event costs what it changed. It
// also keeps when each product first sold out and how long it was in stock.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {

class Availability {
 public:
  /// All must outlive it. Looks at everything.
  void begin(const Scene& scene, const FleetColumns& fleet, const std::vector<Offer>& offers,
             Time now);
  /// Looks at everything again: dates changed the fleet or the offers.
  void look_again(Time now);
  /// A VPS was placed on the hypervisor.
  void taken(std::int32_t hypervisor, Time now);
  /// The hypervisor has more to give.
  void released(std::int32_t hypervisor, Time now);

  /// Whether the product can be sold in the group, its reserve left untouched.
  bool in_stock(std::int32_t product, std::int32_t group) const;
  bool in_stock(std::int32_t product) const { return products_[at(product)].ready > 0; }

  /// When the product first could not be sold at all; -1: it always could.
  Time sold_out_at(std::int32_t product) const { return products_[at(product)].sold_out_at; }
  /// When no product could be sold in the group for the first time; -1: never.
  Time group_sold_out_at(std::int32_t group) const { return groups_[at(group)].sold_out_at; }
  /// Forgets what was measured: from now on it counts anew.
  void measure_from(Time now);
  /// Milliseconds in which the product was in stock since measuring began.
  Time time_in_stock(std::int32_t product, Time now) const;
  /// Products that sold out for the first time since the last call.
  std::vector<std::int32_t>& newly_sold_out() { return newly_; }

 private:
  struct Pair {
    std::int32_t product = 0, group = 0;
    std::int32_t witness = -1;
  };
  struct Product {
    std::int32_t ready = 0;  // groups with a witness
    bool was_ready = false;
    Time since = 0;  // of the present state
    Time in_stock = 0;
    Time sold_out_at = -1;
  };
  struct Group {
    std::int32_t ready = 0;  // products with a witness
    Time sold_out_at = -1;
  };
  static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
  bool takes(const Pair& pair, std::int32_t hypervisor) const;
  std::int32_t search(const Pair& pair) const;
  void set_witness(Pair& pair, std::int32_t witness, Time now);
  void settle(std::int32_t product, Time now);
  void sold_out(std::int32_t product, Time now);
  void build();

  const Scene* scene_ = nullptr;
  const FleetColumns* fleet_ = nullptr;
  const std::vector<Offer>* offers_ = nullptr;
  std::vector<Pair> pairs_;                // by group
  std::vector<std::uint32_t> first_pair_;  // of each group; one more than groups
  std::vector<Product> products_;
  std::vector<Group> groups_;
  std::vector<std::int32_t> newly_;
};

}  // namespace vfstock::sim::forecast
