// Memory runs out in the middle of a refresh, at every allocation in turn: nothing half made may
// stand when the next refresh comes.
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/stock/keeper.h"
#include "tests/unit/stock/stock_world.h"

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
  MemoryState state;
  NoBilling billing;
};

/// Wants to be told of no decision, so that sweeps may leave products alone.
class QuietJournal final : public Journal {
 public:
  bool wants_entries() const override { return false; }
  void refresh_begins(Trigger, const std::vector<catalogue::ProductId>&) override {}
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
    // Whoever calls may be told; the shelf must be right all the same.
  }
  const bool failed = left_to_succeed < 0;
  left_to_succeed = -1;
  if (!failed) return std::nullopt;
  EXPECT_TRUE(world.qty(1) == 3 || world.qty(1) == true_qty) << "allocation " << failing;
  world.clock.advance(std::chrono::hours{1});
  (void)keeper.recalculate();
  return world.qty(1);
}

/// The same of a sweep that finds its product at rest and one group changed.
std::optional<std::int64_t> qty_after_failure_in_a_later_sweep(long failing) {
  constexpr std::chrono::hours window{3};
  SmallShop world;
  QuietJournal journal;
  StockKeeper keeper({world.shop, world.panel, journal, world.state, world.billing, world.clock},
                     {}, "");
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

TEST(OutOfMemory, LeavesNoProductAtRestThatIsToBeWritten) {
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
