#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

/// Default mountpoint of type 1 with room for 3; pools of type 1 (id 20, room for 5), of type 2
/// (id 1, room for 7) and of type 1 but disabled (id 30, room for 9).
Hypervisor with_pools() {
  Hypervisor row = test::unlimited_hypervisor();
  row.local_storage = StoragePool{0, true, 1, {100, 3}};
  row.other_storage = {{20, true, 1, {100, 5}}, {1, true, 2, {100, 7}}, {30, false, 1, {100, 9}}};
  return row;
}

Count fit(const Hypervisor& row, std::int64_t profile, StorageMatch match,
          std::int64_t storage_gb = 1) {
  Rules rules = test::without_buffer();
  rules.storage_match = match;
  Footprint footprint = test::smallest;
  footprint.storage_profile = profile;
  footprint.storage_gb = storage_gb;
  return test::agreed_count({row}, footprint, rules);
}

TEST(StorageByType, IsTheDefault) { EXPECT_EQ(Rules{}.storage_match, StorageMatch::storage_type); }

TEST(StorageByType, CountsTheNamedPoolThatFitsMost) {
  EXPECT_EQ(fit(with_pools(), 1, StorageMatch::storage_type), Count::of(5));
  EXPECT_EQ(fit(with_pools(), 2, StorageMatch::storage_type), Count::of(7));
  Hypervisor row = with_pools();
  row.local_storage->gigabytes.free = 50;
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type), Count::of(50));
}

TEST(StorageByType, CountsTheDefaultMountpointOfThatType) {
  Hypervisor row = with_pools();
  row.other_storage.clear();
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type), Count::of(3));
}

TEST(StorageByType, DoesNotAddPoolsUp) {
  Hypervisor row = with_pools();
  row.other_storage[0].gigabytes.free = 2;
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type, 4), Count::of(0));
}

TEST(StorageByType, TakesNothingWithoutAPoolOfThatType) {
  EXPECT_EQ(fit(with_pools(), 3, StorageMatch::storage_type), Count::of(0));
}

TEST(StorageByType, IgnoresDisabledPools) {
  Hypervisor row = with_pools();
  row.other_storage[1].enabled = false;
  EXPECT_EQ(fit(row, 2, StorageMatch::storage_type), Count::of(0));
  row.local_storage->enabled = false;
  row.other_storage[0].enabled = false;
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type), Count::of(0));
}

TEST(StorageByType, IsUnlimitedWithANamedPoolWithoutQuota) {
  Hypervisor row = with_pools();
  row.other_storage[0].gigabytes = {0, -40};
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type), Count::unlimited());
}

TEST(StorageByOtherType, LeavesTheDefaultMountpointOut) {
  Hypervisor row = with_pools();
  row.local_storage->gigabytes.free = 50;
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type_other), Count::of(5));
  row.other_storage.clear();
  EXPECT_EQ(fit(row, 1, StorageMatch::storage_type_other), Count::of(0));
}

TEST(StorageByPoolId, CountsThePoolOfThatIdStrictly) {
  EXPECT_EQ(fit(with_pools(), 1, StorageMatch::pool_id), Count::of(7));
  EXPECT_EQ(fit(with_pools(), 20, StorageMatch::pool_id), Count::of(5));
}

TEST(StorageByPoolId, TakesNothingWhenThePoolIsMissingOrDisabled) {
  EXPECT_EQ(fit(with_pools(), 2, StorageMatch::pool_id), Count::of(0));
  EXPECT_EQ(fit(with_pools(), 30, StorageMatch::pool_id), Count::of(0));
}

TEST(StorageByPoolId, NeverMeansTheDefaultMountpoint) {
  Hypervisor row = with_pools();
  row.local_storage->id = 40;
  EXPECT_EQ(fit(row, 40, StorageMatch::pool_id), Count::of(0));
}

class EveryStorageMatch : public testing::TestWithParam<StorageMatch> {};
INSTANTIATE_TEST_SUITE_P(Storage, EveryStorageMatch,
                         testing::Values(StorageMatch::storage_type,
                                         StorageMatch::storage_type_other, StorageMatch::pool_id));

TEST_P(EveryStorageMatch, MeansTheDefaultMountpointAloneWithoutAProfile) {
  EXPECT_EQ(fit(with_pools(), 0, GetParam()), Count::of(3));
  EXPECT_EQ(fit(with_pools(), -2, GetParam()), Count::of(3));
}

TEST_P(EveryStorageMatch, TakesNothingWhenTheDefaultMountpointIsDisabledOrAbsent) {
  Hypervisor row = with_pools();
  row.local_storage->enabled = false;
  EXPECT_EQ(fit(row, 0, GetParam()), Count::of(0));
  row.local_storage.reset();
  EXPECT_EQ(fit(row, 0, GetParam()), Count::of(0));
}

TEST_P(EveryStorageMatch, TakesNothingWithoutTheNamedStorageEvenForAnEmptyDisk) {
  EXPECT_EQ(fit(with_pools(), 99, GetParam(), 0), Count::of(0));
  Hypervisor row = with_pools();
  row.local_storage.reset();
  EXPECT_EQ(fit(row, 0, GetParam(), -1), Count::of(0));
}

TEST_P(EveryStorageMatch, IsUnlimitedForAnEmptyDiskOnTheNamedStorage) {
  Hypervisor row = with_pools();
  row.local_storage->gigabytes.free = 0;
  EXPECT_EQ(fit(row, 0, GetParam(), 0), Count::unlimited());
}

TEST_P(EveryStorageMatch, AppliesTheBufferToTheNamedPool) {
  Rules rules;
  rules.buffer = Percent{2};
  rules.storage_match = GetParam();
  EXPECT_EQ(test::agreed_count({with_pools()}, test::smallest, rules), Count::of(1));
}

}  // namespace
}  // namespace vfstock::capacity
