// VPSes of several disks.
#include "engine/capacity/disk_plan.h"

#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

StoragePool pool_of(std::int64_t id, std::int64_t type, std::int64_t gigabytes,
                    const char* datastore = "") {
  return {id, true, type, {gigabytes, gigabytes}, datastore};
}

Hypervisor with_pools(std::vector<StoragePool> others, std::int64_t local = 0,
                      std::int64_t id = 1) {
  Hypervisor row = test::unlimited_hypervisor(id);
  row.memory_mb = {1000, 1000};
  row.local_storage = StoragePool{0, local > 0, 0, {local, local}, {}};
  row.other_storage = std::move(others);
  return row;
}

Footprint disks(FurtherDisk first, FurtherDisk second = {}, std::int64_t profile = 0) {
  return {.memory_mb = 1,
          .storage_gb = 20,
          .storage_profile = profile,
          .ipv4_addresses = 0,
          .further_disks = {first, second}};
}

/// Everybody but the plain reference, which knows of one disk.
Count count_of(const std::vector<Hypervisor>& rows, const Footprint& footprint) {
  Rules rules = test::without_buffer();
  rules.shared_storage = SharedStorage::by_name;
  const HypervisorColumns group(rows);
  const HypervisorColumns* const groups[] = {&group};
  const Count count = product_capacity(groups, footprint, rules);
  EXPECT_EQ(count, breakdown(groups, footprint, rules).capacity);
  CapacityBatch batch;
  EXPECT_EQ(count, batch.product_capacity(test::numbered({&group}), footprint, rules));
  return count;
}

TEST(FurtherDisks, ShareThePoolOfThePrimary) {
  EXPECT_EQ(count_of({with_pools({}, 600)}, disks({100, 0})), Count::of(5));
  EXPECT_EQ(count_of({with_pools({}, 600)}, disks({100, 0}, {80, 0})), Count::of(3));
}

TEST(FurtherDisks, LieEachOnItsProfile) {
  const Hypervisor row = with_pools({pool_of(1, 2, 300)}, 600);
  EXPECT_EQ(count_of({row}, disks({100, 2})), Count::of(3));
  EXPECT_EQ(count_of({row}, disks({10, 2})), Count::of(30));
}

TEST(FurtherDisks, TakeNothingWhereOneFindsNoPool) {
  Hypervisor closed = with_pools({pool_of(1, 2, 300)}, 600);
  closed.other_storage[0].enabled = false;
  EXPECT_EQ(count_of({closed}, disks({100, 2})), Count::of(0));
}

TEST(FurtherDisks, AreSpreadSoThatMostFit) {
  // Both disks on one pool of type 2 would leave 5 or 4.
  const Hypervisor row = with_pools({pool_of(1, 2, 200), pool_of(2, 2, 160)});
  EXPECT_EQ(count_of({row}, disks({20, 2}, {}, 2)), Count::of(8));
}

TEST(FurtherDisks, LimitNothingWithoutAQuota) {
  Hypervisor row = with_pools({pool_of(1, 2, 0)}, 600);
  EXPECT_EQ(count_of({row}, disks({100, 2})), Count::of(30));
}

TEST(FurtherDisks, TakeOfASharedDatastoreOnce) {
  const std::vector<Hypervisor> rows{with_pools({pool_of(1, 2, 400, "rbd")}, 600, 1),
                                     with_pools({pool_of(2, 2, 400, "rbd")}, 600, 2)};
  EXPECT_EQ(count_of(rows, disks({40, 2})), Count::of(10));
  EXPECT_EQ(count_of(rows, disks({40, 2}, {}, 2)), Count::of(400 / 60));
}

TEST(FurtherDisks, TakeOfTwoDatastoresAsTheScarcerAllows) {
  const auto row = [](std::int64_t id) {
    return with_pools({pool_of(id, 2, 400, "rbd"), pool_of(10 + id, 3, 90, "archive")}, 0, id);
  };
  EXPECT_EQ(count_of({row(1), row(2)}, disks({30, 3}, {}, 2)), Count::of(3));
}

}  // namespace
}  // namespace vfstock::capacity
