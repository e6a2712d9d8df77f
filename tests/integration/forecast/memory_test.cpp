// A forecast remembers what is, not what was: four times the horizon needs no more memory. Counted
// are the bytes that live at once, by an allocator of this program's own.
#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/integration/forecast/small_plans.h"

namespace {

// One thread allocates here.
std::size_t living = 0, most_living = 0;

void* counted(std::size_t size) {
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc();
  living += malloc_usable_size(block);
  most_living = std::max(most_living, living);
  return block;
}

void uncounted(void* block) noexcept {
  if (block != nullptr) living -= malloc_usable_size(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
// All kinds of new and delete belong to one heap; the library's own would mix two of them.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return counted(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void* operator new[](std::size_t size, const std::nothrow_t& nothing) noexcept {
  return operator new(size, nothing);
}
void operator delete(void* block) noexcept { uncounted(block); }
void operator delete[](void* block) noexcept { uncounted(block); }
void operator delete(void* block, std::size_t) noexcept { uncounted(block); }
void operator delete[](void* block, std::size_t) noexcept { uncounted(block); }

namespace vfstock::sim::forecast {
namespace {

/// A full house in bad weather: many more customers than places, orders that fail, cart views,
/// servers made past the shop, and a hypervisor that nobody sells from.
Plan full_house(StockMode mode) {
  Plan plan = loss_plan({60, 40}, {{1, 300}, {2, 100}});
  plan.mode = mode;
  plan.panel.default_delete_delay = std::chrono::minutes{5};
  plan.panel.groups[2].id = 2;
  plan.panel.hypervisors[9] = plan.panel.hypervisors[1];
  plan.panel.hypervisors[9].id = 9;
  plan.panel.hypervisors[9].group = 2;
  plan.provision_after = 60'000;
  plan.streams[0].batch = BatchSizes::geometric(3);
  plan.streams.push_back(plan.streams[1]);
  plan.streams.back().name = "past the shop";
  plan.streams.back().entity = entity_of(plan.streams.back().name);
  plan.streams.back().outside = true;
  plan.weather.good = Law::exponential(20 * hour_ms);
  plan.weather.bad = Law::exponential(hour_ms);
  return plan;
}

/// The most bytes that live at once while the plan runs once, beside what lived before.
std::size_t bytes_over(Plan plan, Time horizon) {
  plan.horizon = horizon;
  const Scene scene(plan);
  Outcome outcome;
  Replicate replicate(scene);
  const std::size_t before = living;
  most_living = living;
  replicate.run(0, outcome);
  EXPECT_GT(outcome.events, 500.0 * static_cast<double>(horizon) / static_cast<double>(day));
  return most_living - before;
}

void expect_no_growth(StockMode mode) {
  const std::size_t once = bytes_over(full_house(mode), 20 * day);
  const std::size_t four_times = bytes_over(full_house(mode), 80 * day);
  EXPECT_LT(four_times, once + once / 4);
}

TEST(ForecastMemory, DoesNotGrowWithTheHorizonInIdealMode) { expect_no_growth(StockMode::ideal); }

TEST(ForecastMemory, DoesNotGrowWithTheHorizonWithTheEngine) {
  expect_no_growth(StockMode::engine);
}

}  // namespace
}  // namespace vfstock::sim::forecast
