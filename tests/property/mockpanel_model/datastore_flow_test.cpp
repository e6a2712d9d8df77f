// What can be placed on shared datastores, against a search through every way of placing servers.
#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "mockpanel/model/flow.h"

namespace vfstock::mockpanel::model {
namespace {

constexpr std::size_t nodes = 3, stores = 2;

/// Places left: of each hypervisor, of its own pool, of each datastore, and addresses of the block
/// that all hypervisors share.
struct Places {
  std::vector<int> compute, own, datastore;
  int addresses = 0;
  auto operator<=>(const Places&) const = default;
};

struct DatastoreCase {
  World world;
  Places places;
  std::vector<std::vector<bool>> lists;  // hypervisor, datastore
};

class PlacementSearch {
 public:
  explicit PlacementSearch(std::vector<std::vector<bool>> lists) : lists_(std::move(lists)) {}

  int most(const Places& places) {
    const auto known = known_.find(places);
    if (known != known_.end()) return known->second;
    int best = 0;
    for (std::size_t node = 0; node < nodes; ++node) {
      if (places.compute[node] == 0 || places.addresses == 0) continue;
      Places taken = places;
      --taken.compute[node];
      --taken.addresses;
      if (places.own[node] > 0) best = std::max(best, 1 + with(taken, taken.own[node]));
      for (std::size_t store = 0; store < stores; ++store) {
        if (!lists_[node][store] || places.datastore[store] == 0) continue;
        best = std::max(best, 1 + with(taken, taken.datastore[store]));
      }
    }
    return known_[places] = best;
  }

 private:
  int with(Places& places, int& one) {
    --one;
    const int found = most(places);
    ++one;
    return found;
  }

  std::vector<std::vector<bool>> lists_;
  std::map<Places, int> known_;
};

Pool datastore_entry(std::size_t store, int places) {
  Pool pool;
  pool.id = static_cast<std::int64_t>(store) + 1;
  pool.name = store == 0 ? "Ceph RBD" : "Ceph EC";
  pool.is_datastore = true;
  pool.storage_type = 2;
  pool.gigabytes = {places * 10 + 100, 0, 0};
  return pool;
}

/// Each entry states the same quota; what is allocated beyond the free places is dealt among them.
void list_datastore(DatastoreCase& made, std::size_t store) {
  int to_allocate = 100;
  Hypervisor* last = nullptr;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (!made.lists[node][store]) continue;
    Hypervisor& hypervisor = made.world.hypervisors[static_cast<std::int64_t>(node)];
    hypervisor.others.push_back(datastore_entry(store, made.places.datastore[store]));
    const int share = *rc::gen::inRange(0, to_allocate + 1);
    hypervisor.others.back().gigabytes.base = share;
    to_allocate -= share;
    last = &hypervisor;
  }
  if (last != nullptr) last->others.back().gigabytes.base += to_allocate;
}

DatastoreCase any_datastore_case() {
  DatastoreCase made;
  const auto figures = [](std::size_t count) {
    return *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(0, 4));
  };
  made.places = {figures(nodes), figures(nodes), figures(stores), *rc::gen::inRange(0, 8)};
  made.world.blocks[1].id = 1;
  made.world.blocks[1].base_free = made.places.addresses;
  for (std::size_t node = 0; node < nodes; ++node) {
    Hypervisor& hypervisor = made.world.hypervisors[static_cast<std::int64_t>(node)];
    hypervisor.id = static_cast<std::int64_t>(node);
    hypervisor.group = 1;
    hypervisor.memory_mb.max = made.places.compute[node] * 10 + 1;
    hypervisor.local = Pool{};
    hypervisor.local->storage_type = 2;
    hypervisor.local->gigabytes.max = made.places.own[node] * 10 + 1;
    hypervisor.blocks = {1};
    made.lists.push_back(
        *rc::gen::container<std::vector<bool>>(stores, rc::gen::arbitrary<bool>()));
  }
  for (std::size_t store = 0; store < stores; ++store) list_datastore(made, store);
  return made;
}

RC_GTEST_PROP(DatastoreFlow, IsExact, ()) {
  const DatastoreCase made = any_datastore_case();
  const int truth = PlacementSearch(made.lists).most(made.places);
  const Placeable found = placeable(made.world, {1}, {10, 0, 10, 2, 1});
  RC_ASSERT(found.at_least == std::int64_t{truth});
  RC_ASSERT(found.at_most == std::int64_t{truth});
}

RC_GTEST_PROP(DatastoreFlow, IsNeverExceededByPlacementItself, ()) {
  DatastoreCase made = any_datastore_case();
  made.world.groups[1].id = 1;
  made.world.packages[1] = {};
  made.world.packages[1].id = 1;
  made.world.packages[1].memory_mb = 10;
  made.world.packages[1].storage_gb = 10;
  made.world.packages[1].storage_profile = 2;
  made.world.placement =
      *rc::gen::element(Placement::first_fit, Placement::most_free, Placement::fewest_servers);
  const Placeable found = placeable(made.world, {1}, {10, 0, 10, 2, 1});
  CreateRequest request;
  request.package = request.group = 1;
  std::int64_t created = 0;
  while (made.world.create(request, false, "").server) ++created;
  RC_ASSERT(created <= *found.at_most);
  RC_ASSERT(*placeable(made.world, {1}, {10, 0, 10, 2, 1}).at_most == 0);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
