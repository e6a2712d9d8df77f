// How few requests a sweep needs, counted at the mock panel, and what becomes of a shop whose panel
// lets only so many through.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "engine/panel/http_panel.h"
#include "engine/schedule/panel_options.h"
#include "mockpanel/api/api.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

namespace api = mockpanel::api;
namespace model = mockpanel::model;

/// The mock panel without sockets. Beyond so many requests in a window it answers 429.
class CountingPanel final : public panel::Transport {
 public:
  CountingPanel(model::World& world, const Clock& clock) : api_(world, {}), clock_(clock) {}

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds) override {
    std::vector<panel::Answer> answers;
    for (const panel::Request& request : requests) answers.push_back(answer(request.target));
    return answers;
  }

  std::size_t window_max = 1'000'000;  // requests
  bool list_forbidden = false;         // the token may not read the list of packages
  std::size_t about_blocks = 0, others = 0;
  std::multiset<std::string> targets;

 private:
  static constexpr std::chrono::seconds window{60};

  panel::Answer answer(const std::string& target) {
    targets.insert(target);
    ++(target.starts_with("/connectivity/") ? about_blocks : others);
    if (clock_.now() - began_ >= window) {
      began_ = clock_.now();
      in_window_ = 0;
    }
    if (++in_window_ > window_max) return status(429, {{"Retry-After", "60"}});
    if (list_forbidden && target == "/packages") return status(403, {});
    return usual(target);
  }

  static panel::Answer status(int status, std::vector<panel::Header> headers) {
    panel::Answer answer;
    answer.ending = panel::Ending::complete;
    answer.status = status;
    answer.headers = std::move(headers);
    answer.headers.push_back({"Content-Type", "application/json"});
    answer.body = R"({"message": "no"})";
    return answer;
  }

  panel::Answer usual(const std::string& target) {
    api::Request asked{.method = "GET",
                       .path = {},
                       .query = {},
                       .headers = {{"Accept", "application/json"}, {"Authorization", "Bearer any"}},
                       .body = {}};
    api::set_target(asked, target);
    const api::Response response = api_.handle(asked, {}, "2026-01-15T12:00:00+00:00");
    panel::Answer answer;
    answer.ending = panel::Ending::complete;
    answer.status = response.status;
    for (const auto& [name, value] : response.headers) answer.headers.push_back({name, value});
    answer.body = response.body;
    return answer;
  }

  api::Api api_;
  const Clock& clock_;
  Instant began_{};
  std::size_t in_window_ = 0;
};

/// Each group has one hypervisor, of 64 GB; package N takes N GB.
class LargeShop : public testing::Test {
 protected:
  void make(std::int64_t products, std::int64_t packages, std::int64_t groups) {
    for (std::int64_t id = 1; id <= packages; ++id) {
      model::Package& package = panel_world.packages[id];
      package.id = id;
      package.enabled = true;
      package.memory_mb = 1024 * id;
      package.cores = 1;
      package.storage_gb = 10;
    }
    for (std::int64_t id = 1; id <= groups; ++id) {
      panel_world.groups[id].id = id;
      model::Hypervisor& node = panel_world.hypervisors[id];
      node.id = node.group = id;
      node.memory_mb = {65536, 0, 0};
      node.local.emplace();
      node.reports_ipv4 = false;
    }
    for (std::int64_t id = 1; id <= products; ++id) {
      shop.put(product(id, 0, std::to_string(1 + id % packages), std::to_string(1 + id % groups)));
    }
  }
  /// One run of a program that keeps nothing but its state.
  RefreshReport run() {
    panel::HttpPanel panel(transport, clock, panel_options(policy));
    NoBilling billing;
    StockKeeper keeper({shop, panel, journal, state, billing, clock}, policy);
    return keeper.recalculate();
  }
  /// The products that hold what fits.
  std::size_t right() {
    std::size_t count = 0;
    for (const auto& [id, row] : shop.rows()) {
      const std::int64_t package = std::stoll(row.configoption2);
      if (row.qty == 64 / package) ++count;
    }
    return count;
  }

  model::World panel_world;
  panel::FakeClock clock;
  CountingPanel transport{panel_world, clock};
  sim::shop::MemoryCatalogue shop;
  sim::shop::MemoryState state;
  RecordingJournal journal;
  Policy policy;
};

TEST_F(LargeShop, CostsAtMostTwentyFourRequestsBesidesThoseAboutBlocks) {
  make(300, 30, 20);
  EXPECT_EQ(run().summary.skipped, 0);
  EXPECT_EQ(right(), 300U);
  EXPECT_LE(transport.others, 24U);
  EXPECT_EQ(transport.targets.count("/packages"), 1U);
  for (const std::string& target : transport.targets) {
    EXPECT_EQ(transport.targets.count(target), 1U) << "asked twice: " << target;
  }
}

TEST_F(LargeShop, BlocksAreAskedForAtMostEveryTenMinutes) {
  make(20, 3, 2);
  panel_world.blocks[1].id = 1;
  panel_world.blocks[1].base_free = 9;
  for (auto& [id, node] : panel_world.hypervisors) {
    node.reports_ipv4 = true;
    node.blocks = {1};
  }
  panel::HttpPanel panel(transport, clock, panel_options(policy));
  NoBilling billing;
  StockKeeper keeper({shop, panel, journal, state, billing, clock}, policy);
  keeper.recalculate();
  const std::size_t at_first = transport.about_blocks;
  EXPECT_GT(at_first, 0U);
  clock.advance(std::chrono::seconds{599});
  keeper.recalculate();
  EXPECT_EQ(transport.about_blocks, at_first);
  clock.advance(std::chrono::seconds{121});  // groups are asked again, and find them too old
  keeper.recalculate();
  EXPECT_EQ(transport.about_blocks, 2 * at_first);
}

TEST_F(LargeShop, OfThirtyPackagesBehindTwentyRequestsAWindowIsRightByTheThirdRun) {
  for (const bool list_forbidden : {false, true}) {
    SCOPED_TRACE(list_forbidden);
    make(30, 30, 1);
    transport.window_max = 20;
    transport.list_forbidden = list_forbidden;
    std::vector<std::size_t> after;
    for (int i = 0; i < 3; ++i) {
      run();
      after.push_back(right());
      clock.advance(std::chrono::minutes{5});
    }
    EXPECT_EQ(after.back(), 30U) << after[0] << ", " << after[1];
    EXPECT_TRUE(!list_forbidden || after.front() < 30) << "or nothing is tested here";
  }
}

}  // namespace
}  // namespace vfstock::stock
