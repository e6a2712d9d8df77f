// A keeper over one product with room for four, and a clock that runs what falls due.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/schedule/keeper.h"
#include "sim/shop/failing_catalogue.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {

using panel::GroupId;
using panel::PackageId;
using std::chrono::minutes;
using std::chrono::seconds;

class KeeperTest : public testing::Test {
 protected:
  KeeperTest() {
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(4));
    world.shop.put(product(1, 9));
    start();
  }
  void start(const Policy& policy = {}) {
    keeper = std::make_unique<StockKeeper>(
        StockKeeper::Ports{store, world.panel, world.journal, state, billing, world.clock}, policy);
  }
  void event(ModuleEvent::Action action, std::string module = "VirtFusionDirect") {
    keeper->module_event({action, std::move(module), ServiceId{1}, pid(1)});
  }
  void created() { event(ModuleEvent::Action::create); }
  void terminated() { event(ModuleEvent::Action::terminate); }

  /// Lets time pass; what falls due meanwhile runs at its moment.
  void pass(Milliseconds time) {
    const Instant end = world.clock.now() + time;
    while (keeper->next_due() && *keeper->next_due() <= end) {
      world.clock.advance(*keeper->next_due() - world.clock.now());
      keeper->run_due();
    }
    world.clock.advance(end - world.clock.now());
  }
  /// What was refreshed since the last call: "AfterCronJob, trailing".
  std::string refreshed() {
    std::string text;
    for (; seen < world.journal.refreshes.size(); ++seen) {
      if (!text.empty()) text += ", ";
      text += name(world.journal.refreshes[seen].trigger);
    }
    return text;
  }
  std::optional<seconds> due_in() const {
    if (!keeper->next_due()) return std::nullopt;
    return std::chrono::ceil<seconds>(*keeper->next_due() - world.clock.now());
  }

  struct Orders final : Billing {
    std::optional<schedule::Order> order_of(ServiceId) override { return order; }
    Accepted accept(OrderId) override {
      ++calls;
      if (fails) throw catalogue::StoreError("the shop's API is down");
      return Accepted::yes;
    }
    std::optional<schedule::Order> order;
    int calls = 0;
    bool fails = false;
  };

  StockWorld world;
  sim::shop::FailingCatalogue store{world.shop};
  sim::shop::MemoryState state;
  Orders billing;
  std::unique_ptr<StockKeeper> keeper;
  std::size_t seen = 0;
};

}  // namespace vfstock::stock
