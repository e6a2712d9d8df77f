// Memory runs out in the middle of a refresh, at every allocation in turn: nothing half made may
// stand when the next refresh comes.
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/incremental/memo.h"
#include "engine/schedule/keeper.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/schedule/stock_world.h"

namespace {

// How many allocations succeed before one fails; negative: all do. One thread allocates here.
long left_to_succeed = -1;

void* allocated(std::size_t size) {
  if (left_to_succeed >= 0 && left_to_succeed-- == 0) throw std::bad_alloc();
  if (void* const block = std::malloc(size == 0 ? 1 : size)) return block;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocated(size); }
void* operator new[](std::size_t size) { return allocated(size); }
// All kinds of new and delete belong to one heap; the library's own would mix two of them.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocated(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void* operator new[](std::size_t size, const std::nothrow_t& nothing) noexcept {
  return operator new(size, nothing);
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }

namespace vfstock::stock {
namespace {

constexpr int groups = 6;
constexpr std::int64_t true_qty = 1 + 2 + 3 + 4 + 5 + 6;
constexpr int more = 10;

/// A product in six groups.
struct SmallShop : StockWorld {
  SmallShop() {
    std::vector<catalogue::OptionValue> locations;
    for (int group = 1; group <= groups; ++group) {
      panel.set(panel::GroupId{group}, group_taking(group));
      if (group > 1) locations.push_back({"Location", std::to_string(group)});
    }
    panel.set(panel::PackageId{1}, package_found(1));
    shop.put(product(1, 3, "1", "1"));
    shop.set_option_values(pid(1), locations);
  }
  sim::shop::MemoryState state;
  NoBilling billing;
};

/// Wants to be told of no decision.
class QuietJournal final : public Journal {
 public:
  bool wants_entries() const override { return false; }
  void refresh_begins(Trigger, const plan::Scope&) override {}
  void record(const JournalEntry&) override {}
  void refresh_ends(const RefreshReport&) override {}
  void accepted(const Acceptance&) override {}
  void trouble(const std::string&) override {}
};

/// The qty after an undisturbed refresh that follows one in which allocation `failing` failed;
/// nullopt: it needed fewer than that.
std::optional<std::int64_t> qty_after_failure_of(long failing) {
  SmallShop world;
  StockKeeper keeper(
      {world.shop, world.panel, world.journal, world.state, world.billing, world.clock}, {}, "");

  left_to_succeed = failing;
  try {
    (void)keeper.recalculate();
  } catch (const std::bad_alloc&) {
    // Whoever calls may be told; the row must be right all the same.
  }
  const bool failed = left_to_succeed < 0;
  left_to_succeed = -1;
  if (!failed) return std::nullopt;
  EXPECT_TRUE(world.qty(1) == 3 || world.qty(1) == true_qty) << "allocation " << failing;
  world.clock.advance(std::chrono::hours{1});
  (void)keeper.recalculate();
  return world.qty(1);
}

/// The same of a sweep with a memo, which knows all but the one group that has changed.
std::optional<std::int64_t> qty_after_failure_in_a_later_sweep(long failing) {
  constexpr std::chrono::hours window{3};
  SmallShop world;
  QuietJournal journal;
  const Policy policy;
  incremental::Memo memo(policy);
  StockKeeper keeper(
      {world.shop, world.panel, journal, world.state, world.billing, world.clock, &memo}, policy);
  for (int sweep = 0; sweep < 2; ++sweep) {
    world.clock.advance(window);
    keeper.cron();
  }
  EXPECT_EQ(world.qty(1), true_qty);
  world.panel.set(panel::GroupId{2}, group_taking(2 + more));
  world.clock.advance(window);

  left_to_succeed = failing;
  try {
    keeper.cron();
  } catch (const std::bad_alloc&) {
    // As above.
  }
  const bool failed = left_to_succeed < 0;
  left_to_succeed = -1;
  if (!failed) return std::nullopt;
  EXPECT_TRUE(world.qty(1) == true_qty || world.qty(1) == true_qty + more);
  world.clock.advance(window);
  keeper.cron();
  return world.qty(1);
}

/// Of a group of twelve hypervisors, some of which have changed: places for 1 MB each.
class ChangingGroup {
 public:
  void change(std::size_t hypervisor, std::int64_t places) {
    rows_.at(hypervisor).memory_mb.free = places;
    columns_ = capacity::HypervisorColumns(rows_);
    ++version_;
  }
  std::int64_t count(incremental::GroupCounts& batch) const {
    capacity::Rules rules;
    rules.buffer = capacity::Percent(0);
    const capacity::FoundGroup asked[] = {{1, version_, &columns_}};
    return batch.product_capacity(asked, {.memory_mb = 1}, rules).places();
  }

 private:
  static std::vector<capacity::Hypervisor> empty_rows() {
    capacity::Hypervisor row;
    row.enabled = row.commissioned = true;
    row.memory_mb = {100, 0};
    row.local_storage = capacity::StoragePool{0, true, 0, {}};
    return std::vector(12, row);
  }
  std::vector<capacity::Hypervisor> rows_ = empty_rows();
  capacity::HypervisorColumns columns_{rows_};
  std::uint64_t version_ = 1;
};

/// The count that follows one in which allocation `failing` failed; nullopt: it needed fewer.
std::optional<std::int64_t> count_after_failure_of(long failing) {
  incremental::GroupCounts batch;
  ChangingGroup group;
  EXPECT_EQ(group.count(batch), 0);
  group.change(0, 1);
  EXPECT_EQ(group.count(batch), 1);
  group.change(1, 10);
  group.change(2, 20);
  left_to_succeed = failing;
  try {
    (void)group.count(batch);
  } catch (const std::bad_alloc&) {
    // As it must.
  }
  const bool failed = left_to_succeed < 0;
  left_to_succeed = -1;
  if (!failed) return std::nullopt;
  group.change(0, 2);
  return group.count(batch);
}

TEST(OutOfMemory, LeavesNoCountHalfWayBetweenTwoVersions) {
  long failing = 0;
  for (; failing < 1000; ++failing) {
    const auto count = count_after_failure_of(failing);
    if (!count) break;
    EXPECT_EQ(*count, 32) << "allocation " << failing;
  }
  EXPECT_GT(failing, 0) << "nothing was allocated";
}

TEST(OutOfMemory, LeavesNothingHalfMadeForTheNextRefresh) {
  long failing = 0;
  for (; failing < 10'000; ++failing) {
    const auto qty = qty_after_failure_of(failing);
    if (!qty) break;
    EXPECT_EQ(*qty, true_qty) << "allocation " << failing;
  }
  EXPECT_GT(failing, 20) << "hardly anything was allocated";
  EXPECT_LT(failing, 10'000) << "a refresh never ended";
}

TEST(OutOfMemory, LeavesNoDecisionStandingThatIsNotThatOfItsInputs) {
  long failing = 0;
  for (; failing < 10'000; ++failing) {
    const auto qty = qty_after_failure_in_a_later_sweep(failing);
    if (!qty) break;
    EXPECT_EQ(*qty, true_qty + more) << "allocation " << failing;
  }
  EXPECT_GT(failing, 10) << "hardly anything was allocated";
  EXPECT_LT(failing, 10'000) << "a sweep never ended";
}

}  // namespace
}  // namespace vfstock::stock
