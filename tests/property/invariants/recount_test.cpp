// The checker's count and the engine's were written apart from the same rules; they must agree on
// everything, or one of them has misread the rules.
#include "sim/invariants/recount.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/capacity/capacity.h"

namespace vfstock::sim::invariants {
namespace {

template <class T>
T one_of(std::initializer_list<T> values) {
  return *rc::gen::elementOf(std::vector<T>(values));
}
std::int64_t between(std::int64_t low, std::int64_t high) {
  return *rc::gen::inRange(low, high + 1);
}
bool flip() { return *rc::gen::arbitrary<bool>(); }

/// `immense`: now and then at the edge of what is read.
Quota any_quota(bool immense) {
  constexpr std::int64_t most = std::int64_t{1} << 53;
  if (immense && between(0, 9) == 0) return {most - between(0, 3), most - between(0, 1000)};
  return {one_of<std::int64_t>({0, 1, 7, 15, 100}), between(-5, 100)};
}

Storage any_storage(std::int64_t id, bool immense) {
  Storage storage{id, between(0, 3) > 0, between(0, 2), any_quota(immense), {}};
  if (id > 0 && between(0, 3) == 0) storage.datastore = one_of<std::string>({"rbd", "ssd"});
  return storage;
}

HypervisorFacts any_hypervisor(std::int64_t id, bool immense) {
  HypervisorFacts facts;
  facts.id = id;
  facts.eligible = between(0, 3) > 0;
  facts.memory_mb = any_quota(immense);
  facts.cores = any_quota(immense);
  facts.servers = any_quota(immense);
  if (between(0, 4) > 0) facts.local = any_storage(0, immense);
  for (std::int64_t pool = between(0, 3); pool > 0; --pool) {
    facts.others.push_back(any_storage(pool, immense));
  }
  if (flip()) facts.ipv4_free = between(-3, 40);
  return facts;
}

std::vector<GroupFacts> any_groups(bool immense) {
  std::vector<GroupFacts> groups(static_cast<std::size_t>(between(0, 3)));
  std::int64_t id = 0;
  for (GroupFacts& group : groups) {
    for (std::int64_t size = between(0, 5); size > 0; --size) {
      group.push_back(any_hypervisor(++id, immense));
    }
  }
  return groups;
}

PackageFacts any_package() {
  return {true, between(-1, 5), between(0, 5), between(0, 5), between(-1, 3), {}};
}

capacity::Quota engine_quota(const Quota& quota) { return {quota.max, quota.free}; }

capacity::StoragePool engine_pool(const Storage& storage) {
  return {storage.id, storage.enabled, storage.type, engine_quota(storage.gb), storage.datastore};
}

capacity::Hypervisor engine_row(const HypervisorFacts& facts) {
  capacity::Hypervisor row;
  row.id = facts.id;
  row.enabled = facts.eligible;
  row.commissioned = true;
  row.memory_mb = engine_quota(facts.memory_mb);
  row.cores = engine_quota(facts.cores);
  row.servers = engine_quota(*facts.servers);
  if (facts.local) row.local_storage = engine_pool(*facts.local);
  for (const Storage& storage : facts.others) row.other_storage.push_back(engine_pool(storage));
  row.ipv4_free = facts.ipv4_free;
  return row;
}

Places engine_count(const std::vector<GroupFacts>& groups, const PackageFacts& package,
                    std::optional<std::int64_t> addresses, const capacity::Rules& rules) {
  std::vector<capacity::HypervisorColumns> columns;
  for (const GroupFacts& group : groups) {
    std::vector<capacity::Hypervisor> rows;
    for (const HypervisorFacts& facts : group) rows.push_back(engine_row(facts));
    columns.emplace_back(std::move(rows));
  }
  std::vector<const capacity::HypervisorColumns*> pointers;
  for (const auto& group : columns) pointers.push_back(&group);
  const capacity::Footprint footprint{package.memory_mb, package.cores, package.storage_gb,
                                      package.storage_profile, addresses.value_or(0)};
  const capacity::Count count = capacity::product_capacity(pointers, footprint, rules);
  if (count.is_unlimited()) return std::nullopt;
  return count.places();
}

RC_GTEST_PROP(Recount, AgreesWithTheEngineOnEveryFleet, ()) {
  using capacity::StorageMatch;
  constexpr std::array<std::pair<const char*, StorageMatch>, 3> matches{
      {{"storage-type", StorageMatch::storage_type},
       {"storage-type-other", StorageMatch::storage_type_other},
       {"pool-id", StorageMatch::pool_id}}};
  const auto match = matches.at(static_cast<std::size_t>(between(0, 2)));
  constexpr std::array<std::pair<const char*, capacity::Ipv4Cap>, 4> caps{
      {{"group-max", capacity::Ipv4Cap::group_max},
       {"group-nested", capacity::Ipv4Cap::group_nested},
       {"exact", capacity::Ipv4Cap::exact},
       {"nested", capacity::Ipv4Cap::nested}}};
  const auto cap = caps.at(static_cast<std::size_t>(between(0, 3)));
  const bool shared = flip();
  const bool enforce = flip();
  const auto buffer = one_of<std::string>({"0", "7", "10", "33.3", "100", "1e-40", "99.9999999"});
  const std::vector<GroupFacts> groups = any_groups(!shared);
  const PackageFacts package = any_package();
  const auto addresses = flip() ? std::optional<std::int64_t>(between(1, 4)) : std::nullopt;

  Expectations expectations;
  expectations.storage_match = match.first;
  expectations.ipv4_cap = cap.first;
  expectations.shared_storage = shared ? "by-name" : "none";
  expectations.server_slots = enforce ? "enforce" : "ignore";
  capacity::Rules rules;
  rules.buffer = *capacity::Percent::parse(buffer);
  rules.storage_match = match.second;
  rules.ipv4_cap = cap.second;
  rules.shared_storage = shared ? capacity::SharedStorage::by_name : capacity::SharedStorage::none;
  rules.server_slots = enforce ? capacity::ServerSlots::enforce : capacity::ServerSlots::ignore;

  std::vector<const GroupFacts*> pointers;
  for (const GroupFacts& group : groups) pointers.push_back(&group);
  RC_ASSERT(recount(pointers, {package, addresses, Buffer::of_column(buffer)}, expectations) ==
            engine_count(groups, package, addresses, rules));
}

RC_GTEST_PROP(BufferColumn, ReservesWhatTheEngineReserves, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789.eE+- 9%")));
  const auto max = *rc::gen::inRange<std::int64_t>(0, (std::int64_t{1} << 53) + 1);
  const auto percent = capacity::Percent::parse(text).value_or(capacity::Percent{10});
  RC_ASSERT(Buffer::of_column(text).reserve(max) == percent.reserve(max));
}

}  // namespace
}  // namespace vfstock::sim::invariants
