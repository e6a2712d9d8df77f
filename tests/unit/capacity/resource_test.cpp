// What one hypervisor takes of memory and cores, and which hypervisors count at all.
#include <functional>

#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

using test::agreed_count;
using test::fitting;
using test::smallest;
using test::unlimited_hypervisor;
using test::without_buffer;

constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;

Count memory_fit(Quota memory_mb, std::int64_t need_mb, const char* buffer) {
  Hypervisor row = unlimited_hypervisor();
  row.memory_mb = memory_mb;
  Rules rules;
  rules.buffer = Percent::parse(buffer).value();
  return agreed_count({row}, Footprint{.memory_mb = need_mb}, rules);
}

TEST(ResourceFit, IsTheFloorOfFreeByNeed) {
  EXPECT_EQ(memory_fit({10000, 4095}, 1024, "0"), Count::of(3));
  EXPECT_EQ(memory_fit({10000, 4096}, 1024, "0"), Count::of(4));
  EXPECT_EQ(memory_fit({10000, 4097}, 1024, "0"), Count::of(4));
}

TEST(ResourceFit, ReservesAShareOfMaxAndNotOfFree) {
  EXPECT_EQ(memory_fit({10000, 2000}, 500, "10"), Count::of(2));
}

TEST(ResourceFit, ReservesExactlySevenPercent) {
  EXPECT_EQ(memory_fit({100, 100}, 1, "7"), Count::of(93));
}

TEST(ResourceFit, RoundsTheReserveUp) { EXPECT_EQ(memory_fit({101, 101}, 1, "10"), Count::of(90)); }

TEST(ResourceFit, IsNeverNegative) {
  EXPECT_EQ(memory_fit({1000, 50}, 1, "10"), Count::of(0));
  EXPECT_EQ(memory_fit({1000, -300}, 1, "0"), Count::of(0));
}

TEST(ResourceFit, IsUnlimitedWithoutAQuotaEvenWhenFreeIsNegative) {
  EXPECT_EQ(memory_fit({0, -5}, 1024, "10"), Count::unlimited());
}

TEST(ResourceFit, IsUnlimitedWhereNothingIsNeeded) {
  EXPECT_EQ(memory_fit({100, 0}, 0, "10"), Count::unlimited());
  EXPECT_EQ(memory_fit({100, 0}, -1, "10"), Count::unlimited());
}

TEST(ResourceFit, IsZeroWhenAllIsReserved) {
  EXPECT_EQ(memory_fit({1000, 1000}, 1, "100"), Count::of(0));
  EXPECT_EQ(memory_fit({1000, 1000}, 1, "250"), Count::of(0));
}

TEST(ResourceFit, IsExactForTheLargestNumbers) {
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, 3, "0"), Count::of(3002399751580330));
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, two_to_53, "0"), Count::of(1));
  EXPECT_EQ(memory_fit({two_to_53, two_to_53 - 1}, two_to_53, "0"), Count::of(0));
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, two_to_53, "1e-30"), Count::of(0));
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, two_to_53 + 1, "0"), Count::of(0));
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, INT64_MAX, "0"), Count::of(0));
}

TEST(ResourceFit, ReservesExactlyWhereDoublesWouldRound) {
  // 99 % is 8917127262193582.08; the product with 99 has no double.
  EXPECT_EQ(memory_fit({two_to_53, two_to_53}, 1, "99"), Count::of(90071992547409));
}

TEST(ResourceFit, ReadsBuffersOfManyDigitsExactly) {
  EXPECT_EQ(memory_fit({100, 100}, 1, "0.000000000000001"), Count::of(99));
  EXPECT_EQ(memory_fit({100, 100}, 1, "7.00000000000000000000000000000000001"), Count::of(92));
}

TEST(HypervisorFit, IsTheSmallestOfItsResources) {
  Hypervisor row = unlimited_hypervisor();
  row.memory_mb = {100, 70};
  row.cores = {100, 50};
  row.local_storage->gigabytes = {100, 60};
  EXPECT_EQ(agreed_count({row}, smallest, without_buffer()), Count::of(50));
  row.memory_mb.free = 40;
  EXPECT_EQ(agreed_count({row}, smallest, without_buffer()), Count::of(40));
  row.local_storage->gigabytes.free = 30;
  EXPECT_EQ(agreed_count({row}, smallest, without_buffer()), Count::of(30));
}

TEST(HypervisorFit, AppliesTheBufferToEveryResource) {
  Rules rules;
  rules.buffer = Percent{50};
  Hypervisor row = unlimited_hypervisor();
  row.cores = {10, 10};
  EXPECT_EQ(agreed_count({row}, smallest, rules), Count::of(5));
  row = unlimited_hypervisor();
  row.local_storage->gigabytes = {10, 10};
  EXPECT_EQ(agreed_count({row}, smallest, rules), Count::of(5));
}

TEST(GroupCapacity, SumsItsHypervisors) {
  EXPECT_EQ(agreed_count({fitting(2), fitting(3), fitting(4)}, smallest, without_buffer()),
            Count::of(9));
}

TEST(GroupCapacity, DoesNotPoolWhatIsLeftOverOnEach) {
  Footprint footprint = smallest;
  footprint.memory_mb = 2;
  EXPECT_EQ(agreed_count({fitting(3), fitting(3)}, footprint, without_buffer()), Count::of(2));
}

TEST(GroupCapacity, IsZeroWithoutHypervisors) {
  EXPECT_EQ(agreed_count(std::vector<Hypervisor>{}, smallest, without_buffer()), Count::of(0));
  EXPECT_EQ(agreed_count(test::Groups{}, smallest, without_buffer()), Count::of(0));
}

TEST(GroupCapacity, IsUnlimitedWhenOneHypervisorIs) {
  EXPECT_EQ(agreed_count({fitting(3), unlimited_hypervisor()}, smallest, without_buffer()),
            Count::unlimited());
}

Count with_second_hypervisor(const std::function<void(Hypervisor&)>& change) {
  Hypervisor second = fitting(10);
  change(second);
  return agreed_count({fitting(1), second}, smallest, without_buffer());
}

TEST(GroupCapacity, SkipsHypervisorsThatAreDisabled) {
  EXPECT_EQ(with_second_hypervisor([](Hypervisor& row) { row.enabled = false; }), Count::of(1));
}

TEST(GroupCapacity, SkipsHypervisorsThatAreNotCommissioned) {
  EXPECT_EQ(with_second_hypervisor([](Hypervisor& row) { row.commissioned = false; }),
            Count::of(1));
}

TEST(GroupCapacity, SkipsHypervisorsThatAreProhibited) {
  EXPECT_EQ(with_second_hypervisor([](Hypervisor& row) { row.prohibited = true; }), Count::of(1));
}

TEST(GroupCapacity, SkipsAnIneligibleHypervisorWithoutQuotas) {
  Hypervisor bare;
  bare.id = 7;
  EXPECT_EQ(agreed_count({fitting(1), bare}, smallest, without_buffer()), Count::of(1));
}

TEST(GroupCapacity, StaysExactWhereDoublesEnd) {
  // 2^53 + 1 has no double.
  EXPECT_EQ(agreed_count({fitting(two_to_53), fitting(1)}, smallest, without_buffer()),
            Count::of(two_to_53 + 1));
}

TEST(GroupCapacity, SaturatesInsteadOfWrapping) {
  const std::vector<Hypervisor> rows(1025, fitting(two_to_53));
  EXPECT_EQ(agreed_count(rows, smallest, without_buffer()), Count::greatest());
}

TEST(ProductCapacity, SumsItsGroups) {
  test::Groups groups;
  groups.emplace_back(std::vector{fitting(2)});
  groups.emplace_back(std::vector{fitting(5), fitting(7)});
  EXPECT_EQ(agreed_count(groups, smallest, without_buffer()), Count::of(14));
}

}  // namespace
}  // namespace vfstock::capacity
