#include "sim/forecast/availability.h"

#include <algorithm>

namespace vfstock::sim::forecast {

void Availability::begin(const Scene& scene, const FleetColumns& fleet,
                         const std::vector<Offer>& offers, Time now) {
  scene_ = &scene;
  fleet_ = &fleet;
  offers_ = &offers;
  products_.assign(offers.size(), Product{});
  groups_.assign(fleet.group_ids().size(), Group{});
  newly_.clear();
  look_again(now);
}

void Availability::build() {
  const std::size_t groups = fleet_->group_ids().size();
  pairs_.clear();
  first_pair_.clear();
  for (std::size_t group = 0; group < groups; ++group) {
    first_pair_.push_back(static_cast<std::uint32_t>(pairs_.size()));
    for (std::size_t p = 0; p < offers_->size(); ++p) {
      const auto& sold_in = (*offers_)[p].groups;
      const auto index = static_cast<std::int32_t>(group);
      if (std::find(sold_in.begin(), sold_in.end(), index) == sold_in.end()) continue;
      pairs_.push_back({static_cast<std::int32_t>(p), index, -1});
    }
  }
  first_pair_.push_back(static_cast<std::uint32_t>(pairs_.size()));
}

bool Availability::takes(const Pair& pair, std::int32_t hypervisor) const {
  const Offer& offer = (*offers_)[at(pair.product)];
  return offer.sellable &&
         fleet_->takes(hypervisor, offer.need, offer.holds_back ? &offer.reserves : nullptr);
}

std::int32_t Availability::search(const Pair& pair) const {
  const FleetColumns::Members all = fleet_->members(pair.group);
  for (std::int32_t h = all.begin; h < all.end; ++h) {
    if (takes(pair, h)) return h;
  }
  return -1;
}

void Availability::set_witness(Pair& pair, std::int32_t witness, Time now) {
  const bool was = pair.witness >= 0, is = witness >= 0;
  pair.witness = witness;
  if (was == is) return;
  Product& product = products_[at(pair.product)];
  product.ready += is ? 1 : -1;
  Group& group = groups_[at(pair.group)];
  group.ready += is ? 1 : -1;
  if (group.ready == 0 && group.sold_out_at < 0) group.sold_out_at = now;
  settle(pair.product, now);
}

// Takes note when the product came into stock or went out of it.
void Availability::settle(std::int32_t index, Time now) {
  Product& product = products_[at(index)];
  const bool ready = product.ready > 0;
  if (ready == product.was_ready) return;
  if (product.was_ready) product.in_stock += now - product.since;
  product.was_ready = ready;
  product.since = now;
  if (!ready) sold_out(index, now);
}

void Availability::sold_out(std::int32_t index, Time now) {
  Product& product = products_[at(index)];
  if (product.sold_out_at >= 0) return;
  product.sold_out_at = now;
  newly_.push_back(index);
}

void Availability::look_again(Time now) {
  build();
  for (Product& product : products_) product.ready = 0;
  for (Group& group : groups_) group.ready = 0;
  for (Pair& pair : pairs_) {
    pair.witness = search(pair);
    if (pair.witness < 0) continue;
    ++products_[at(pair.product)].ready;
    ++groups_[at(pair.group)].ready;
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const bool sold_here = first_pair_[g] < first_pair_[g + 1];
    if (!sold_here || groups_[g].ready > 0 || groups_[g].sold_out_at >= 0) continue;
    groups_[g].sold_out_at = now;
  }
  for (std::size_t p = 0; p < products_.size(); ++p) {
    const auto index = static_cast<std::int32_t>(p);
    settle(index, now);
    if (products_[p].ready == 0) sold_out(index, now);
  }
}

void Availability::taken(std::int32_t hypervisor, Time now) {
  const std::int32_t group = fleet_->group_of(hypervisor);
  for (const std::int32_t touched : scene_->neighbours[at(group)]) {
    for (std::size_t i = first_pair_[at(touched)]; i < first_pair_[at(touched) + 1]; ++i) {
      Pair& pair = pairs_[i];
      if (pair.witness < 0) continue;
      // Of what others have to give, addresses alone can be gone as well.
      if (pair.witness != hypervisor && !fleet_->reports_ipv4(pair.witness)) continue;
      if (takes(pair, pair.witness)) continue;
      set_witness(pair, search(pair), now);
    }
  }
}

void Availability::released(std::int32_t hypervisor, Time now) {
  const std::int32_t group = fleet_->group_of(hypervisor);
  const auto& neighbours = scene_->neighbours[at(group)];
  for (const std::int32_t touched : neighbours) {
    for (std::size_t i = first_pair_[at(touched)]; i < first_pair_[at(touched) + 1]; ++i) {
      Pair& pair = pairs_[i];
      if (pair.witness >= 0) continue;
      if (touched == group && takes(pair, hypervisor)) {
        set_witness(pair, hypervisor, now);
      } else if (fleet_->reports_ipv4(hypervisor)) {
        // Addresses that came back serve every hypervisor that shares their block.
        set_witness(pair, search(pair), now);
      }
    }
  }
}

bool Availability::in_stock(std::int32_t product, std::int32_t group) const {
  if (group < 0) return false;
  for (std::size_t i = first_pair_[at(group)]; i < first_pair_[at(group) + 1]; ++i) {
    if (pairs_[i].product == product) return pairs_[i].witness >= 0;
  }
  return false;
}

void Availability::measure_from(Time now) {
  newly_.clear();
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const bool empty = first_pair_[g] < first_pair_[g + 1] && groups_[g].ready == 0;
    groups_[g].sold_out_at = empty ? now : -1;
  }
  for (std::size_t p = 0; p < products_.size(); ++p) {
    Product& product = products_[p];
    product.since = now;
    product.in_stock = 0;
    product.sold_out_at = -1;
    if (product.ready == 0) sold_out(static_cast<std::int32_t>(p), now);
  }
}

Time Availability::time_in_stock(std::int32_t product, Time now) const {
  const Product& state = products_[at(product)];
  return state.in_stock + (state.ready > 0 ? now - state.since : 0);
}

}  // namespace vfstock::sim::forecast
