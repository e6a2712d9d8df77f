// What is sold of a product whose options make its VPSes larger, with orders on their way, against
// what the panel's own model can place once these orders have their servers, each where it leaves
// most room.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/panel/http_panel.h"
#include "engine/plan/make_plan.h"
#include "engine/schedule/panel_options.h"
#include "mockpanel/model/flow.h"
#include "mockpanel/model/placement.h"
#include "tests/property/invariants/any_world.h"

namespace vfstock::sim {
namespace {

/// Packages take less than a module's smallest order of memory.
constexpr std::int64_t megabytes = 64;

/// A size that can be chosen; 0: the package's own.
struct Size {
  std::int64_t memory_mb = 0, cores = 0, storage_gb = 0;
};

struct OfferedShop {
  std::vector<Size> sizes;
  std::vector<std::int64_t> packages, profiles;
  plan::Shop shop;
};

std::string text_of(std::int64_t number) { return std::to_string(number); }

model::World world_of_two_packages() {
  model::World world = any_world();
  model::Package other = world.packages.at(1);
  other.id = 2;
  other.enabled = among(0, 3) != 0;
  other.memory_mb = among(1, 6);
  other.storage_gb = among(5, 30);
  world.packages[2] = other;
  for (auto& [id, package] : world.packages) package.memory_mb *= megabytes;
  for (auto& [id, node] : world.hypervisors) {
    node.memory_mb.max *= megabytes;
    node.memory_mb.base *= megabytes;
  }
  world.touch();
  return world;
}

/// Product 1 in groups 1 and 2, without a buffer.
catalogue::Product row() {
  catalogue::Product product;
  product.id = {1};
  product.servertype = "VirtFusionDirect";
  product.stockcontrol = 1;
  product.configoption1 = "1";
  product.configoption2 = "1";
  product.configoption3 = "1";
  product.configoption7 = "0";
  return product;
}

OfferedShop any_shop() {
  OfferedShop offered;
  std::vector<catalogue::OptionValue> options{{"Location", "2"}};
  const std::int64_t sizes = among(0, 2);
  offered.sizes.resize(static_cast<std::size_t>(sizes));
  for (Size& size : offered.sizes) {
    size = {among(0, 8) * megabytes, among(0, 4), among(0, 40)};
    options.push_back({"Memory", text_of(size.memory_mb) + " MB"});
    options.push_back({"CPU Cores", text_of(size.cores)});
    options.push_back({"Storage", text_of(size.storage_gb)});
  }
  if (among(0, 2) == 0) offered.packages.push_back(2);
  if (among(0, 2) == 0) offered.profiles.push_back(among(1, 2));
  for (const std::int64_t id : offered.packages) options.push_back({"Package", text_of(id)});
  for (const std::int64_t id : offered.profiles) options.push_back({"Storage Type", text_of(id)});
  offered.shop.products.push_back({row(), plan::Surroundings{options, {}}, std::nullopt, 0});
  const std::int64_t orders = among(0, 3);
  for (std::int64_t id = 1; id <= orders; ++id) {
    plan::PendingOrder order;
    order.service.service = id;
    order.service.product = row();
    order.surroundings.options = options;
    offered.shop.pending.push_back(order);
  }
  return offered;
}

/// One that a customer can choose; nullopt: of a package that is not sold.
std::optional<model::Footprint> any_order(const model::World& world, const OfferedShop& offered) {
  const bool is_other = !offered.packages.empty() && among(0, 1) == 0;
  const model::Package& package = world.packages.at(is_other ? 2 : 1);
  if (!package.enabled) return std::nullopt;
  model::Footprint need{package.memory_mb, package.cores, package.storage_gb,
                        package.storage_profile, 1};
  if (!offered.sizes.empty()) {
    const auto last = static_cast<std::int64_t>(offered.sizes.size()) - 1;
    const Size& size = offered.sizes[static_cast<std::size_t>(among(0, last))];
    if (size.memory_mb > 0) need.memory_mb = size.memory_mb;
    if (size.cores > 0) need.cores = size.cores;
    if (size.storage_gb > 0) need.storage_gb = size.storage_gb;
  }
  if (!offered.profiles.empty() && among(0, 1) == 0) {
    need.storage_profile = offered.profiles.front();
  }
  return need;
}

/// The fewest of all that can be chosen; nullopt where nothing limits.
std::optional<std::int64_t> room(const model::World& world, const OfferedShop& offered) {
  std::optional<std::int64_t> fewest;
  std::vector<std::int64_t> packages{1};
  for (const std::int64_t id : offered.packages) {
    if (world.packages.at(id).enabled) packages.push_back(id);
  }
  for (const std::int64_t id : packages) {
    const model::Package& package = world.packages.at(id);
    model::Footprint need{package.memory_mb, package.cores, package.storage_gb,
                          package.storage_profile, 1};
    for (const Size& size : offered.sizes) {
      need.memory_mb = std::max(need.memory_mb, size.memory_mb);
      need.cores = std::max(need.cores, size.cores);
      need.storage_gb = std::max(need.storage_gb, size.storage_gb);
    }
    std::vector<std::int64_t> profiles{need.storage_profile};
    profiles.insert(profiles.end(), offered.profiles.begin(), offered.profiles.end());
    for (const std::int64_t profile : profiles) {
      need.storage_profile = profile;
      const auto fit = model::placeable(world, {1, 2}, need).at_most;
      if (fit) fewest = std::min(fewest.value_or(*fit), *fit);
    }
  }
  return fewest;
}

bool is_more(const std::optional<std::int64_t>& one, const std::optional<std::int64_t>& other) {
  if (!one || !other) return other.has_value();
  return *one > *other;
}

/// The worlds that placing one server on this hypervisor can lead to.
std::vector<model::World> placed_on(const model::World& world, std::int64_t id,
                                    const model::Footprint& need) {
  std::vector<model::World> worlds;
  const model::Hypervisor& node = world.hypervisors.at(id);
  if (model::lack(world, node, need, 0) != model::Lack::nothing) return worlds;
  for (const std::int64_t block : node.blocks) {
    if (!world.blocks.at(block).enabled || world.blocks.at(block).free() < 1) continue;
    model::World& after = worlds.emplace_back(world);
    model::Hypervisor& host = after.hypervisors.at(id);
    host.memory_mb.held += need.memory_mb;
    host.cores.held += need.cores;
    ++host.servers.held;
    const model::Pool* const pool = model::disk_pool(world, node, need, 0);
    (pool == &*node.local ? *host.local
                          : host.others.at(static_cast<std::size_t>(pool - node.others.data())))
        .gigabytes.held += need.storage_gb;
    --after.blocks.at(block).base_free;
    after.touch();
  }
  return worlds;
}

/// Puts the server where most is left; false: there is no room for it.
bool place_well(model::World& world, const OfferedShop& offered, const model::Footprint& need) {
  std::optional<model::World> best;
  for (const auto& [id, node] : world.hypervisors) {
    for (model::World& after : placed_on(world, id, need)) {
      if (best && !is_more(room(after, offered), room(*best, offered))) continue;
      best = std::move(after);
    }
  }
  if (!best) return false;
  world = *std::move(best);
  return true;
}

std::optional<std::int64_t> sold(const OfferedShop& offered, InProcess& transport) {
  plan::Policy policy = *plan::preset("default");
  policy.option_overrides = plan::OptionOverrides::largest;
  policy.reserve_pending = true;
  const FixedClock clock;
  panel::HttpPanel panel(transport, clock, schedule::panel_options(policy));
  const panel::Answers answers =
      panel.ask(plan::questions_of(offered.shop, plan::Scope::all(), policy), Milliseconds{1000});
  const panel::LookupResults results(answers);
  const plan::Plan plan = plan::make_plan(offered.shop, results, policy, plan::Brake(), {});
  const plan::Decision& decision = plan.products.at(0).decision;
  if (const plan::SetQty* const set = decision.if_set()) return set->set.qty();
  RC_ASSERT(decision.why().cause == plan::Cause::unbounded);
  return std::nullopt;
}

// A hundred times so many worlds.
constexpr int worlds = 200;

RC_GTEST_PROP(OrdersAndOptions, LeaveRoomForAllThatIsSold, ()) {
  int promised = 0;
  for (int i = 0; i < worlds; ++i) {
    model::World world = world_of_two_packages();
    const OfferedShop offered = any_shop();
    InProcess transport(world, api::Release::v7_1);
    const auto qty = sold(offered, transport);
    if (offered.shop.pending.empty()) RC_ASSERT(qty == room(world, offered));
    for (std::size_t order = 0; order < offered.shop.pending.size(); ++order) {
      const auto need = any_order(world, offered);
      if (need && place_well(world, offered, *need) && qty.value_or(0) > 0) ++promised;
    }
    const auto left = room(world, offered);
    RC_ASSERT(qty.has_value() == left.has_value());
    if (qty) RC_ASSERT(*qty <= *left);
  }
  RC_CLASSIFY(promised > 0, "something was sold beside orders that found their place");
}

}  // namespace
}  // namespace vfstock::sim
