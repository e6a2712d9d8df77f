#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

using test::agreed_count;
using test::fitting;
using test::nested;
using test::smallest;
using test::unlimited_hypervisor;
using test::without_buffer;

Footprint with_addresses(std::int64_t addresses) {
  Footprint footprint = smallest;
  footprint.ipv4_addresses = addresses;
  return footprint;
}

test::Groups two_groups(std::vector<Hypervisor> first, std::vector<Hypervisor> second) {
  test::Groups groups;
  groups.emplace_back(std::move(first));
  groups.emplace_back(std::move(second));
  return groups;
}

/// A hypervisor that takes nothing but sees addresses.
Hypervisor ineligible(std::optional<std::int64_t> ipv4_free) {
  Hypervisor row = fitting(10, ipv4_free);
  row.prohibited = true;
  return row;
}

TEST(SharedAddressPool, IsTheDefaultReading) { EXPECT_EQ(Rules{}.ipv4_cap, Ipv4Cap::group_max); }

TEST(SharedAddressPool, IsTheGreatestFigureAndNeverTheSum) {
  EXPECT_EQ(agreed_count({fitting(50, 30), fitting(50, 20)}, smallest, without_buffer()),
            Count::of(30));
}

TEST(SharedAddressPool, ServesAsManyAsHaveAllTheirAddresses) {
  EXPECT_EQ(agreed_count({fitting(50, 31)}, with_addresses(4), without_buffer()), Count::of(7));
}

TEST(SharedAddressPool, KnowsNoBuffer) {
  Rules rules;
  rules.buffer = Percent{50};
  EXPECT_EQ(agreed_count({fitting(100, 30)}, smallest, rules), Count::of(30));
}

TEST(SharedAddressPool, DoesNotRaiseWhatFits) {
  EXPECT_EQ(agreed_count({fitting(5, 1000)}, smallest, without_buffer()), Count::of(5));
}

TEST(SharedAddressPool, CapsUnlimitedResources) {
  Hypervisor row = unlimited_hypervisor();
  row.ipv4_free = 12;
  EXPECT_EQ(agreed_count({row}, smallest, without_buffer()), Count::of(12));
}

TEST(SharedAddressPool, DoesNotCapWhenNoHypervisorHasAFigure) {
  EXPECT_EQ(agreed_count({fitting(50), ineligible(std::nullopt)}, smallest, without_buffer()),
            Count::of(50));
}

TEST(SharedAddressPool, IsReadFromEligibleHypervisorsAlone) {
  EXPECT_EQ(agreed_count({fitting(50, 3), ineligible(100)}, smallest, without_buffer()),
            Count::of(3));
}

TEST(SharedAddressPool, IsEmptyWhenOnlyIneligibleHypervisorsHaveAFigure) {
  EXPECT_EQ(agreed_count({fitting(50), ineligible(100)}, smallest, without_buffer()), Count::of(0));
}

TEST(SharedAddressPool, CountsHypervisorsWithoutTheStorageToo) {
  Hypervisor without_storage = fitting(10, 100);
  without_storage.local_storage.reset();
  EXPECT_EQ(agreed_count({fitting(50, 3), without_storage}, smallest, without_buffer()),
            Count::of(50));
}

TEST(SharedAddressPool, ReadsANegativeFigureAsNone) {
  EXPECT_EQ(agreed_count({fitting(50, -4)}, smallest, without_buffer()), Count::of(0));
}

TEST(SharedAddressPool, DoesNotLimitAVpsWithoutAddresses) {
  EXPECT_EQ(agreed_count({fitting(50, 0)}, with_addresses(0), without_buffer()), Count::of(50));
  EXPECT_EQ(agreed_count({fitting(50, 0)}, with_addresses(-1), without_buffer()), Count::of(50));
}

TEST(SharedAddressPool, BelongsToEachGroupApart) {
  EXPECT_EQ(
      agreed_count(two_groups({fitting(50, 30)}, {fitting(50, 20)}), smallest, without_buffer()),
      Count::of(50));
  EXPECT_EQ(agreed_count(two_groups({fitting(50, 30)}, {fitting(50)}), smallest, without_buffer()),
            Count::of(80));
}

TEST(SharedAddressPool, SellsAHypervisorThatHasRoomButNoAddress) {
  EXPECT_EQ(agreed_count({fitting(10, 0), fitting(0, 100)}, smallest, without_buffer()),
            Count::of(10));
}

TEST(NestedAddresses, DoNotSellAHypervisorThatHasRoomButNoAddress) {
  EXPECT_EQ(agreed_count({fitting(10, 0), fitting(0, 100)}, smallest, nested()), Count::of(0));
}

TEST(NestedAddresses, LimitEachHypervisorToWhatItSees) {
  EXPECT_EQ(agreed_count({fitting(10, 4), fitting(10, 100)}, smallest, nested()), Count::of(14));
}

TEST(NestedAddresses, AreSharedByThoseWhoSeeFewerAndThoseWhoSeeMore) {
  EXPECT_EQ(agreed_count({fitting(10, 100), fitting(10, 4), fitting(3, 4)}, smallest, nested()),
            Count::of(14));
  EXPECT_EQ(agreed_count({fitting(10, 12), fitting(10, 8)}, smallest, nested()), Count::of(12));
}

TEST(NestedAddresses, AreDividedByTheAddressesOfOneVps) {
  EXPECT_EQ(agreed_count({fitting(10, 7), fitting(10, 100)}, with_addresses(2), nested()),
            Count::of(13));
}

TEST(NestedAddresses, CountAMissingFigureAsNoneWhenAnotherHasOne) {
  EXPECT_EQ(agreed_count({fitting(10), fitting(3, 100)}, smallest, nested()), Count::of(3));
  EXPECT_EQ(agreed_count({fitting(10), ineligible(100)}, smallest, nested()), Count::of(0));
}

TEST(NestedAddresses, CountAMissingFigureAsNoneWhenAnotherGroupHasOne) {
  EXPECT_EQ(agreed_count(two_groups({fitting(10)}, {fitting(3, 100)}), smallest, nested()),
            Count::of(3));
}

TEST(NestedAddresses, DoNotLimitWhenNoHypervisorHasAFigure) {
  EXPECT_EQ(agreed_count(two_groups({fitting(10)}, {fitting(3)}), smallest, nested()),
            Count::of(13));
}

TEST(NestedAddresses, AreSharedBetweenGroups) {
  const auto groups = two_groups({fitting(10, 12)}, {fitting(10, 12)});
  EXPECT_EQ(agreed_count(groups, smallest, nested()), Count::of(12));
  EXPECT_EQ(agreed_count(groups, smallest, without_buffer()), Count::of(20));
}

TEST(NestedAddresses, IgnoreWhatIneligibleHypervisorsSee) {
  EXPECT_EQ(agreed_count({fitting(10, 4), ineligible(100)}, smallest, nested()), Count::of(4));
}

TEST(NestedAddresses, CapUnlimitedResources) {
  Hypervisor row = unlimited_hypervisor();
  row.ipv4_free = 12;
  EXPECT_EQ(agreed_count({row, fitting(5, 20)}, smallest, nested()), Count::of(17));
}

TEST(NestedAddresses, DoNotLimitAVpsWithoutAddresses) {
  EXPECT_EQ(agreed_count({fitting(10, 0)}, with_addresses(0), nested()), Count::of(10));
}

}  // namespace
}  // namespace vfstock::capacity
