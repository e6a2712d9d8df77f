#include "sim/forecast/scene.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include "engine/catalogue/text.h"
#include "engine/plan/terms.h"

namespace vfstock::sim::forecast {
namespace {

template <class T>
void cumulate(std::vector<Weighted<T>>& choices) {
  double total = 0;
  for (const auto& choice : choices) total += choice.weight;
  double sum = 0;
  for (auto& choice : choices) choice.weight = (sum += choice.weight) / total;
}

std::vector<std::vector<std::int32_t>> sharing_blocks(const mockpanel::model::World& world,
                                                      const FleetColumns& fleet) {
  std::vector<std::set<std::int64_t>> blocks(fleet.group_ids().size());
  for (const auto& [id, row] : world.hypervisors) {
    const std::int32_t group = fleet.group_index(row.group);
    if (group >= 0) {
      blocks[static_cast<std::size_t>(group)].insert(row.blocks.begin(), row.blocks.end());
    }
  }
  std::vector<std::vector<std::int32_t>> neighbours(blocks.size());
  for (std::size_t one = 0; one < blocks.size(); ++one) {
    for (std::size_t other = 0; other < blocks.size(); ++other) {
      const bool shared = std::any_of(blocks[one].begin(), blocks[one].end(),
                                      [&](std::int64_t id) { return blocks[other].contains(id); });
      if (one == other || shared) neighbours[one].push_back(static_cast<std::int32_t>(other));
    }
  }
  return neighbours;
}

Scene::Demand demand_of(const Stream& stream, const Scene& scene) {
  Scene::Demand demand;
  demand.stream = &stream;
  for (const auto& choice : stream.products) {
    demand.products.push_back({scene.product_index(choice.what), choice.weight});
    if (demand.products.back().what < 0) {
      throw std::invalid_argument("/demand/" + stream.name + ": there is no product " +
                                  std::to_string(choice.what.value));
    }
  }
  for (const auto& choice : stream.groups) {
    demand.groups.push_back({scene.fleet.group_index(choice.what), choice.weight});
  }
  cumulate(demand.products);
  cumulate(demand.groups);
  const bool one_group =
      demand.products.size() == 1 &&
      scene.offers[static_cast<std::size_t>(demand.products[0].what)].groups.size() == 1;
  demand.alone = one_group && stream.batch.cumulated.size() == 1 && stream.groups.empty();
  return demand;
}

}  // namespace

Scene::Scene(const Plan& given) : plan(given), fleet(given.panel, given.absent) {
  terms.packages = plan.panel.packages;
  terms.rows = plan.shop.products;
  terms.policy = plan.policy;
  for (const catalogue::Product& row : terms.rows) {
    const auto price = plan.prices.find(row.id);
    terms.prices.push_back(price == plan.prices.end() ? 0 : price->second);
  }
  offers = offers_under(terms, fleet);
  for (const Stream& stream : plan.streams) demands.push_back(demand_of(stream, *this));
  take_in_running();
  for (int point = 1; point <= plan.samples; ++point) {
    sample_times.push_back(plan.horizon * point / plan.samples);
  }
  neighbours = sharing_blocks(plan.panel, fleet);
  drawers.resize(fleet.block_count());
  for (std::int32_t hypervisor = 0; hypervisor < fleet.size(); ++hypervisor) {
    for (const std::uint32_t block : fleet.blocks(hypervisor)) {
      drawers[block].push_back(hypervisor);
    }
  }
}

std::int64_t stock_of(const Offer& offer, const FleetColumns& fleet) {
  if (!offer.sellable) return 0;
  std::int64_t sum = 0;
  for (const std::int32_t group : offer.groups) {
    const std::int64_t places =
        fleet.count(group, offer.need, offer.holds_back ? &offer.reserves : nullptr);
    if (places < 0) return catalogue::Set::column_max;
    sum = std::min(sum + places, catalogue::Set::column_max);
  }
  return sum;
}

std::int32_t Scene::product_index(catalogue::ProductId id) const {
  for (std::size_t i = 0; i < terms.rows.size(); ++i) {
    if (terms.rows[i].id == id) return static_cast<std::int32_t>(i);
  }
  return -1;
}

std::vector<Offer> Scene::offers_under(const Terms& now, const FleetColumns& columns) const {
  std::vector<Offer> made;
  for (const catalogue::Product& row : now.rows) {
    Offer offer;
    plan::Surroundings surroundings;
    const auto options = plan.shop.options.find(row.id);
    if (options != plan.shop.options.end()) surroundings.options = options->second;
    const plan::Terms read = plan::terms_of(row, surroundings, now.policy);
    for (const panel::GroupId id : read.groups) {
      const std::int32_t group = columns.group_index(id.value);
      if (group >= 0) offer.groups.push_back(group);
    }
    const auto package = now.packages.find(read.package.value);
    if (package != now.packages.end()) {
      const mockpanel::model::Package& needs = package->second;
      // What the shop's module asks for: at least one address, whatever the policy counts.
      const std::int64_t ipv4 =
          std::max<std::int64_t>(1, catalogue::leading_integer(row.configoption3));
      offer.need = {needs.memory_mb, needs.cores, needs.storage_gb, needs.storage_profile, ipv4};
      offer.sellable = needs.enabled;
    }
    offer.holds_back = read.counting.buffer != capacity::Percent(0);
    offer.reserves = columns.reserves(read.counting.buffer);
    made.push_back(std::move(offer));
  }
  return made;
}

}  // namespace vfstock::sim::forecast
