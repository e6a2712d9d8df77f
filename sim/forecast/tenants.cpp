// Where the VPSes stand that run when the forecast begins.
//
// Those that the panel has yet to place are placed as it would. Those that a snapshot counts
// already are assigned to what it has allocated: a bin packing, of which history says only the
// sizes. Larger ones choose first, each where the least is left over, in a few orders of which the
// one that assigns the most is kept. What finds no place (the shop and the panel were read at
// different moments, or the packing is not found) is left out and told: the fleet is believed.
#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {
namespace {

/// Sizes by which the kinds are ordered: the largest first.
using Measure = double (*)(const Need&);

constexpr std::array<Measure, 4> measures{
    [](const Need& need) { return static_cast<double>(need.memory_mb); },
    [](const Need& need) { return static_cast<double>(need.cores); },
    [](const Need& need) { return static_cast<double>(need.storage_gb); },
    [](const Need& need) {
      return static_cast<double>(need.memory_mb) * static_cast<double>(need.cores + 1) *
             static_cast<double>(need.storage_gb + 1);
    }};

}  // namespace

void Scene::take_in_running() {
  std::vector<std::uint32_t> counted;
  for (std::size_t kind = 0; kind < plan.running.size(); ++kind) {
    const Running& running = plan.running[kind];
    if (product_index(running.product) < 0) {
      throw std::invalid_argument("/running/" + running.name + ": there is no product " +
                                  std::to_string(running.product.value));
    }
    const auto number = static_cast<std::uint32_t>(kind);
    if (running.counted) {
      counted.push_back(number);
    } else {
      place(running, number);
    }
  }
  assign(std::move(counted));
  std::stable_sort(tenants.begin(), tenants.end(), [](const Tenant& one, const Tenant& other) {
    return one.kind != other.kind ? one.kind < other.kind : one.number < other.number;
  });
}

Scene::Tenant Scene::tenant_of(std::uint32_t kind, std::int64_t number) const {
  const Running& running = plan.running[kind];
  Tenant tenant;
  tenant.product = product_index(running.product);
  tenant.kind = kind;
  tenant.number = static_cast<std::uint32_t>(number);
  const auto& ages = running.ages;
  if (!ages.empty()) tenant.age = ages[static_cast<std::size_t>(number) % ages.size()];
  return tenant;
}

void Scene::place(const Running& running, std::uint32_t kind) {
  const Offer& offer = offers[static_cast<std::size_t>(product_index(running.product))];
  const std::int32_t group = running.group          ? fleet.group_index(*running.group)
                             : offer.groups.empty() ? -1
                                                    : offer.groups.front();
  for (std::int64_t number = 0; number < running.count; ++number) {
    const std::int32_t host = fleet.choose(group, offer.need);
    if (host < 0) {
      throw std::invalid_argument("/running/" + running.name + ": VPS " +
                                  std::to_string(number + 1) + " of it does not fit");
    }
    Tenant tenant = tenant_of(kind, number);
    fleet.take(host, offer.need, tenant.held);
    tenants.push_back(std::move(tenant));
  }
}

std::vector<Scene::Tenant> Scene::assigned_in_order(const std::vector<std::uint32_t>& kinds,
                                                    FleetColumns unclaimed) const {
  std::vector<Tenant> found;
  for (const std::uint32_t kind : kinds) {
    const Running& running = plan.running[kind];
    const Offer& offer = offers[static_cast<std::size_t>(product_index(running.product))];
    std::vector<std::int32_t> groups = offer.groups;
    if (running.group) groups = {fleet.group_index(*running.group)};
    for (std::int64_t number = 0; number < running.count; ++number) {
      const std::int32_t host = unclaimed.choose_holder(groups, offer.need);
      if (host < 0) break;
      Tenant tenant = tenant_of(kind, number);
      tenant.held = unclaimed.holding(host, offer.need);
      unclaimed.give_back(tenant.held);
      found.push_back(std::move(tenant));
    }
  }
  return found;
}

void Scene::assign(std::vector<std::uint32_t> kinds) {
  if (kinds.empty()) return;
  FleetColumns unclaimed(plan.panel, plan.absent);  // what is allocated and nobody claims yet
  std::vector<Tenant> best;
  for (const Measure measure : measures) {
    std::stable_sort(kinds.begin(), kinds.end(), [&](std::uint32_t one, std::uint32_t other) {
      const auto size = [&](std::uint32_t kind) {
        const std::int32_t product = product_index(plan.running[kind].product);
        return measure(offers[static_cast<std::size_t>(product)].need);
      };
      return size(one) > size(other);
    });
    std::vector<Tenant> found = assigned_in_order(kinds, unclaimed);
    if (found.size() > best.size()) best = std::move(found);
  }
  for (const std::uint32_t kind : kinds) {
    const Running& running = plan.running[kind];
    const auto placed = std::count_if(best.begin(), best.end(),
                                      [&](const Tenant& one) { return one.kind == kind; });
    if (placed == running.count) continue;
    notes.push_back(std::to_string(running.count - placed) + " of the " +
                    std::to_string(running.count) + " running VPSes '" + running.name +
                    "' are not among what the fleet has allocated; they are left out");
  }
  std::sort(notes.begin(), notes.end());
  tenants.insert(tenants.end(), std::make_move_iterator(best.begin()),
                 std::make_move_iterator(best.end()));
}

}  // namespace vfstock::sim::forecast
