#include "engine/capacity/placement.h"

#include <gmock/gmock.h>

#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Indices = std::vector<std::size_t>;

/// A host that takes so many, on storage of its own, with addresses.
PlacementHost taking(std::int64_t places) { return {Count::of(places), Count::unlimited(), true}; }

TEST(Placement, PlacesNothingOnNothing) { EXPECT_EQ(place({}).places, Count::of(0)); }

TEST(Placement, SharesABlockBetweenHosts) {
  PlacementProblem problem;
  problem.supplies = {{Count::of(5), {}}};
  problem.hosts = {taking(4), taking(4)};
  problem.address_links = {{0, 0}, {1, 0}};
  const Placement placement = place(problem);
  EXPECT_EQ(placement.places, Count::of(5));
  EXPECT_EQ(placement.supplies, Indices{0});
  EXPECT_THAT(placement.hosts, IsEmpty());
}

TEST(Placement, LeavesToAHostTheBlockThatOnlyItCanUse) {
  PlacementProblem problem;
  problem.supplies = {{Count::of(3), {}}, {Count::of(3), {}}};
  problem.hosts = {taking(3), taking(9)};
  problem.address_links = {{0, 0}, {1, 0}, {1, 1}};  // host 0 sees block 0 alone
  EXPECT_EQ(place(problem).places, Count::of(6));
}

TEST(Placement, GivesAHostWithoutABlockNothing) {
  PlacementProblem problem;
  problem.hosts = {taking(7)};
  EXPECT_EQ(place(problem).places, Count::of(0));
}

TEST(Placement, CountsASupplyThatIsPartOfAnotherWithin) {
  PlacementProblem problem;
  problem.supplies = {{Count::of(6), {}}, {Count::of(2), 0}};
  problem.hosts = {taking(5), taking(5)};
  problem.address_links = {{0, 1}, {1, 0}};
  EXPECT_EQ(place(problem).places, Count::of(6));
  problem.hosts[1] = taking(1);
  EXPECT_EQ(place(problem).places, Count::of(3));
}

TEST(Placement, CountsASharedPoolOnce) {
  PlacementProblem problem;
  problem.pools = {Count::of(20)};
  problem.hosts = {{Count::of(64), Count{}, false}, {Count::of(64), Count{}, false}};
  problem.storage_links = {{0, 0}, {1, 0}};
  const Placement placement = place(problem);
  EXPECT_EQ(placement.places, Count::of(20));
  EXPECT_EQ(placement.pools, Indices{0});
}

TEST(Placement, FillsOwnStorageBesidesTheSharedPool) {
  PlacementProblem problem;
  problem.pools = {Count::of(4)};
  problem.hosts = {{Count::of(9), Count::of(3), false}, {Count::of(2), Count{}, false}};
  problem.storage_links = {{0, 0}, {1, 0}};
  const Placement placement = place(problem);
  EXPECT_EQ(placement.places, Count::of(7));
  EXPECT_EQ(placement.own_storage, Indices{0});
  EXPECT_EQ(placement.pools, Indices{0});
}

TEST(Placement, NamesHostsThatAreFull) {
  PlacementProblem problem;
  problem.supplies = {{Count::of(100), {}}};
  problem.hosts = {taking(3), taking(4)};
  problem.address_links = {{0, 0}, {1, 0}};
  const Placement placement = place(problem);
  EXPECT_EQ(placement.places, Count::of(7));
  EXPECT_THAT(placement.hosts, ElementsAre(0, 1));
  EXPECT_THAT(placement.supplies, IsEmpty());
}

TEST(Placement, IsUnlimitedWhereOneWayIs) {
  PlacementProblem problem;
  problem.pools = {Count::of(4)};
  problem.hosts = {{Count::of(2), Count::of(2), false}, {Count::unlimited(), Count::unlimited()}};
  const Placement placement = place(problem);
  EXPECT_TRUE(placement.places.is_unlimited());
  EXPECT_THAT(placement.hosts, IsEmpty());
}

TEST(Placement, IsLimitedByAddressesWhereNothingElseLimits) {
  PlacementProblem problem;
  problem.supplies = {{Count::of(8), {}}};
  problem.hosts = {{Count::unlimited(), Count::unlimited(), true}};
  problem.address_links = {{0, 0}};
  EXPECT_EQ(place(problem).places, Count::of(8));
}

TEST(Placement, SaturatesInsteadOfOverflowing) {
  PlacementProblem problem;
  const PlacementHost huge{Count::greatest(), Count::unlimited(), false};
  problem.hosts = {huge, huge, huge};
  EXPECT_EQ(place(problem).places, Count::greatest());
}

// Rows and rules.

Hypervisor on_ceph(std::int64_t id, Quota gigabytes, const char* name = "rbd") {
  Hypervisor row = test::unlimited_hypervisor(id);
  row.memory_mb = {64, 64};
  row.other_storage = {StoragePool{id, true, 2, gigabytes, name}};
  return row;
}

Rules by_name() {
  Rules rules = test::without_buffer();
  rules.shared_storage = SharedStorage::by_name;
  return rules;
}

constexpr Footprint on_type_2{
    .memory_mb = 1, .cores = 1, .storage_gb = 20, .storage_profile = 2, .ipv4_addresses = 0};

TEST(SharedDatastore, IsOnePoolOfAGroup) {
  EXPECT_EQ(
      test::agreed_count({on_ceph(1, {400, 400}), on_ceph(2, {400, 400})}, on_type_2, by_name()),
      Count::of(20));
}

TEST(SharedDatastore, IsOnePoolPerViewerWhereTheRuleSaysSo) {
  EXPECT_EQ(test::agreed_count({on_ceph(1, {400, 400}), on_ceph(2, {400, 400})}, on_type_2,
                               test::without_buffer()),
            Count::of(40));
}

TEST(SharedDatastore, HasTheSmallestQuotaLessWhatAllHaveAllocated) {
  EXPECT_EQ(
      test::agreed_count({on_ceph(1, {400, 300}), on_ceph(2, {500, 440})}, on_type_2, by_name()),
      Count::of((400 - 100 - 60) / 20));
}

TEST(SharedDatastore, HoldsTheBufferBackOnce) {
  Rules rules = by_name();
  rules.buffer = Percent{10};
  EXPECT_EQ(test::agreed_count({on_ceph(1, {400, 400}), on_ceph(2, {400, 400})}, on_type_2, rules),
            Count::of((400 - 40) / 20));
}

TEST(SharedDatastore, CountsWhatAProhibitedHypervisorHasAllocated) {
  Hypervisor prohibited = on_ceph(2, {400, 200});
  prohibited.prohibited = true;
  EXPECT_EQ(test::agreed_count({on_ceph(1, {400, 400}), prohibited}, on_type_2, by_name()),
            Count::of(10));
}

TEST(SharedDatastore, CountsWhatAClosedEntryHasAllocated) {
  Hypervisor closed = on_ceph(2, {400, 200});
  closed.other_storage[0].enabled = false;
  EXPECT_EQ(test::agreed_count({on_ceph(1, {400, 400}), closed}, on_type_2, by_name()),
            Count::of(10));
}

TEST(SharedDatastore, IsAnotherUnderAnotherNameOrTypeOrInAnotherGroup) {
  const Hypervisor one = on_ceph(1, {400, 400});
  Hypervisor other_type = on_ceph(2, {400, 400});
  other_type.other_storage[0].storage_type = 3;
  EXPECT_EQ(test::agreed_count({one, on_ceph(2, {400, 400}, "ssd")}, on_type_2, by_name()),
            Count::of(40));
  EXPECT_EQ(test::agreed_count({one, other_type}, on_type_2, by_name()), Count::of(20));
  test::Groups groups;
  groups.emplace_back(std::vector<Hypervisor>{one});
  groups.emplace_back(std::vector<Hypervisor>{on_ceph(2, {400, 400})});
  EXPECT_EQ(test::agreed_count(groups, on_type_2, by_name()), Count::of(40));
}

TEST(SharedDatastore, IsNoneWithoutAName) {
  EXPECT_EQ(test::agreed_count({on_ceph(1, {400, 400}, ""), on_ceph(2, {400, 400}, "")}, on_type_2,
                               by_name()),
            Count::of(40));
}

TEST(SharedDatastore, LimitsNothingWithoutAnyQuota) {
  EXPECT_EQ(test::agreed_count({on_ceph(1, {0, -10}), on_ceph(2, {0, -20})}, on_type_2, by_name()),
            Count::of(128));
  EXPECT_EQ(test::agreed_count({on_ceph(1, {0, -10}), on_ceph(2, {60, 60})}, on_type_2, by_name()),
            Count::of(2));
}

TEST(SharedDatastore, StandsBesideAPoolOfOnesOwnAndTheRoomierCaps) {
  Hypervisor both = on_ceph(1, {400, 400});
  both.local_storage = StoragePool{0, true, 2, {100, 100}};
  // Alone it would take 20 on the datastore; the other leaves it 5 of its own and some of the 20.
  EXPECT_EQ(test::agreed_count({both, on_ceph(2, {400, 400})}, on_type_2, by_name()),
            Count::of(25));
}

TEST(SharedDatastore, IsFoundAgainWhenARowIsReplaced) {
  HypervisorColumns columns({on_ceph(1, {400, 400}), on_ceph(2, {400, 400}, "ssd")});
  EXPECT_THAT(columns.shared_datastores(), IsEmpty());
  columns.replace_row(1, on_ceph(2, {400, 400}));
  EXPECT_EQ(columns.shared_datastores().size(), 1U);
}

// Blocks.

Hypervisor seeing(std::int64_t id, std::int64_t fits, std::int64_t figure) {
  Hypervisor row = test::fitting(fits, figure);
  row.id = id;
  return row;
}

Count by_blocks(const std::vector<Hypervisor>& rows, const AddressBlocks& blocks,
                Footprint footprint = test::smallest) {
  Rules rules = test::without_buffer();
  rules.ipv4_cap = Ipv4Cap::exact;
  const HypervisorColumns group(rows);
  const HypervisorColumns* const groups[] = {&group};
  const Count count = product_capacity(groups, footprint, rules, &blocks);
  EXPECT_EQ(count, breakdown(groups, footprint, rules, &blocks).capacity);
  EXPECT_EQ(count, oracle::product_capacity(groups, footprint, rules, &blocks));
  return count;
}

TEST(AddressBlocks, AreDrawnFromByThoseWhoAreBound) {
  // Nested would say 4: both could see the same four.
  const std::vector<Hypervisor> rows{seeing(1, 10, 4), seeing(2, 10, 4)};
  EXPECT_EQ(by_blocks(rows, {{7, 4, {1}}, {8, 4, {2}}}), Count::of(8));
  EXPECT_EQ(by_blocks(rows, {{7, 4, {1, 2}}}), Count::of(4));
}

TEST(AddressBlocks, ServeWholeServers) {
  Footprint two = test::smallest;
  two.ipv4_addresses = 2;
  EXPECT_EQ(by_blocks({seeing(1, 10, 7)}, {{7, 5, {1}}, {8, 2, {1}}}, two), Count::of(3));
}

TEST(AddressBlocks, HaveNoMoreThanWhoeverIsBoundSees) {
  EXPECT_EQ(by_blocks({seeing(1, 10, 3), seeing(2, 10, 3)}, {{7, 9, {1, 2}}}), Count::of(3));
}

TEST(AddressBlocks, LeaveAloneAGroupThatReportsNoFigure) {
  EXPECT_EQ(by_blocks({test::fitting(6)}, {{7, 1, {2}}}), Count::of(6));
}

TEST(AddressBlocks, CountForNothingWhereNoAddressIsNeeded) {
  Footprint none = test::smallest;
  none.ipv4_addresses = 0;
  EXPECT_EQ(by_blocks({seeing(1, 10, 3)}, {{7, 3, {1}}}, none), Count::of(10));
}

TEST(GroupNested, IsHonestWithinAGroupAndAddsGroups) {
  Rules rules = test::without_buffer();
  rules.ipv4_cap = Ipv4Cap::group_nested;
  test::Groups groups;
  groups.emplace_back(std::vector<Hypervisor>{seeing(1, 10, 0), seeing(2, 3, 100)});
  groups.emplace_back(std::vector<Hypervisor>{seeing(3, 5, 4), seeing(4, 5, 6)});
  EXPECT_EQ(test::agreed_count(groups, test::smallest, rules), Count::of(3 + 6));
}

TEST(GroupNested, IsWhatExactCountsWithoutBlocks) {
  Rules rules = test::without_buffer();
  rules.ipv4_cap = Ipv4Cap::exact;
  EXPECT_EQ(test::agreed_count({seeing(1, 10, 0), seeing(2, 3, 100)}, test::smallest, rules),
            Count::of(3));
}

// Words.

std::vector<std::string> binds(const std::vector<Hypervisor>& rows, const Footprint& footprint,
                               const Rules& rules, const AddressBlocks* blocks = nullptr) {
  const HypervisorColumns group(rows);
  const HypervisorColumns* const groups[] = {&group};
  return breakdown(groups, footprint, rules, blocks).binds;
}

TEST(WhatBinds, AreTheSharedPoolAndTheHypervisorsThatAreFull) {
  EXPECT_THAT(binds({on_ceph(1, {400, 400}), on_ceph(2, {400, 400})}, on_type_2, by_name()),
              ElementsAre("shared storage rbd"));
  Hypervisor full = on_ceph(3, {400, 400});
  full.memory_mb = {64, 2};
  EXPECT_THAT(binds({full}, on_type_2, by_name()), ElementsAre("memory of hypervisor 3"));
}

TEST(WhatBinds, AreBlocks) {
  Rules rules = test::without_buffer();
  rules.ipv4_cap = Ipv4Cap::exact;
  const AddressBlocks blocks{{7, 4, {1, 2}}};
  EXPECT_THAT(binds({seeing(1, 10, 4), seeing(2, 10, 4)}, test::smallest, rules, &blocks),
              ElementsAre("IPv4 block 7 (4 free)"));
  EXPECT_THAT(binds({seeing(1, 1, 4), seeing(2, 2, 4)}, test::smallest, rules, &blocks),
              ElementsAre("memory of hypervisors 1 and 2"));
}

TEST(WhatBinds, AreNoneWhereNothingLimits) {
  EXPECT_THAT(binds({test::unlimited_hypervisor()}, test::smallest, test::without_buffer()),
              IsEmpty());
}

TEST(WhatBinds, AreCountedWhereTheyAreMany) {
  std::vector<Hypervisor> rows;
  for (std::int64_t id = 1; id <= 15; ++id) rows.push_back(seeing(id, 1, 100));
  EXPECT_THAT(
      binds(rows, test::smallest, test::without_buffer()),
      ElementsAre("memory of hypervisors 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more"));
}

}  // namespace
}  // namespace vfstock::capacity
