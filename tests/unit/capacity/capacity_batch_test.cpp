#include "engine/capacity/capacity_batch.h"

#include "engine/base/contract.h"
#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

class Batch : public testing::Test {
 protected:
  Batch() : group_({row()}) {}

  static Hypervisor row() {
    Hypervisor row = test::unlimited_hypervisor();
    row.memory_mb = {100, 100};
    row.servers = Quota{4, 4};
    row.other_storage = {{5, true, 3, {50, 50}}};
    return row;
  }
  Count count(const Footprint& footprint, const Rules& rules) {
    const FoundGroup asked[] = {{1, 1, &group_}};
    return batch_.product_capacity(asked, footprint, rules);
  }

  HypervisorColumns group_;
  CapacityBatch batch_;
};

TEST_F(Batch, CountsProductsOfDifferentFootprints) {
  EXPECT_EQ(count({.memory_mb = 10, .storage_gb = 1}, test::without_buffer()), Count::of(10));
  EXPECT_EQ(count({.memory_mb = 30, .storage_gb = 1}, test::without_buffer()), Count::of(3));
}

TEST_F(Batch, KeepsDifferentBuffersApart) {
  EXPECT_EQ(count({.memory_mb = 10}, test::without_buffer()), Count::of(10));
  EXPECT_EQ(count({.memory_mb = 10}, Rules{}), Count::of(9));
  EXPECT_EQ(count({.memory_mb = 10}, test::without_buffer()), Count::of(10));
}

TEST_F(Batch, KeepsDifferentStorageProfilesApart) {
  const Footprint on_default{.storage_gb = 10};
  Footprint on_type_3 = on_default;
  on_type_3.storage_profile = 3;
  EXPECT_EQ(count(on_default, test::without_buffer()), Count::unlimited());
  EXPECT_EQ(count(on_type_3, test::without_buffer()), Count::of(5));
}

TEST_F(Batch, KeepsDifferentStorageRulesApart) {
  const Footprint footprint{.storage_gb = 10, .storage_profile = 5};
  Rules by_id = test::without_buffer();
  by_id.storage_match = StorageMatch::pool_id;
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(0));
  EXPECT_EQ(count(footprint, by_id), Count::of(5));
}

TEST_F(Batch, KeepsServerSlotRulesApart) {
  Rules enforced = test::without_buffer();
  enforced.server_slots = ServerSlots::enforce;
  EXPECT_EQ(count({.memory_mb = 10}, test::without_buffer()), Count::of(10));
  EXPECT_EQ(count({.memory_mb = 10}, enforced), Count::of(4));
}

TEST_F(Batch, KeepsGroupsApart) {
  const HypervisorColumns other({test::fitting(3)});
  const FoundGroup asked[] = {{1, 1, &group_}, {2, 1, &other}};
  const Footprint footprint{.memory_mb = 1, .storage_gb = 1};
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(100));
  EXPECT_EQ(batch_.product_capacity(asked, footprint, test::without_buffer()), Count::of(103));
}

TEST_F(Batch, RefusesAnotherGroupUnderTheSameId) {
  const HypervisorColumns other({test::fitting(3)});
  const FoundGroup asked[] = {{1, 1, &other}};
  const Footprint footprint{.memory_mb = 1, .storage_gb = 1};
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(100));
  EXPECT_THROW(batch_.product_capacity(asked, footprint, test::without_buffer()), BrokenContract);
}

}  // namespace
}  // namespace vfstock::capacity
