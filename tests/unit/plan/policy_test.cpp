#include "engine/plan/policy.h"

#include <gtest/gtest.h>

#include "engine/plan/policy_text.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::plan {
namespace {

using capacity::Ipv4Cap;
using capacity::ServerSlots;
using capacity::SharedStorage;
using capacity::StorageMatch;

TEST(Preset, IsKnownByFourNames) {
  EXPECT_TRUE(preset("default"));
  EXPECT_TRUE(preset("strict"));
  EXPECT_TRUE(preset("seed"));
  EXPECT_TRUE(preset("classic"));
  EXPECT_FALSE(preset("Default"));
  EXPECT_FALSE(preset(""));
}

TEST(Preset, DefaultHoldsTheTimesThatTheRulesName) {
  using namespace std::chrono_literals;
  const Policy normal = *preset("default");
  EXPECT_EQ(normal.package_ttl, 600s);
  EXPECT_EQ(normal.group_ttl, 120s);
  EXPECT_EQ(normal.missing_ttl, 60s);
  EXPECT_EQ(normal.block_ttl, 10min);
  EXPECT_EQ(normal.probe_interval, 60s);
  EXPECT_EQ(normal.event_window, 30s);
  EXPECT_EQ(normal.cron_window, 2h);
  EXPECT_EQ(normal.cart_window, 60s);
  EXPECT_EQ(normal.delete_grace, 5min);
  EXPECT_EQ(normal.forget, Forget::all_groups);
  EXPECT_EQ(normal.accept_when, AcceptWhen::all_provisioned);
  EXPECT_TRUE(normal.trailing_refresh);
  EXPECT_TRUE(normal.retry_unavailable);
  EXPECT_FALSE(normal.reserve_pending);
  EXPECT_EQ(normal.brake_percent, 50);
}

TEST(Preset, DefaultHoldsTheBoundsThatTheRulesName) {
  using namespace std::chrono_literals;
  const Bounds bounds = preset("default")->bounds;
  EXPECT_EQ(bounds.connect, 10s);
  EXPECT_EQ(bounds.request, 30s);
  EXPECT_EQ(bounds.sweep, 120s);
  EXPECT_EQ(bounds.first_line_bytes, 8 * 1024);
  EXPECT_EQ(bounds.head_bytes, 64 * 1024);
  EXPECT_EQ(bounds.body_bytes, 32 * 1024 * 1024);
  EXPECT_EQ(bounds.nesting, 64);
  EXPECT_EQ(bounds.pages, 500);
  EXPECT_EQ(bounds.retry_after_max, 15min);
  EXPECT_EQ(bounds.concurrency, 4);
}

TEST(Preset, DefaultCountsWhatCanBePlaced) {
  const Policy normal = *preset("default");
  EXPECT_EQ(normal.ipv4_cap, Ipv4Cap::exact);
  EXPECT_EQ(normal.server_slots, ServerSlots::enforce);
  EXPECT_EQ(normal.shared_storage, SharedStorage::by_name);
  EXPECT_EQ(normal.maintenance, Maintenance::ignore);
  EXPECT_TRUE(normal.node_caps.empty());
}

TEST(Preset, SeedCountsAsBeforeWithEveryFailSafe) {
  const Policy seed = *preset("seed");
  EXPECT_EQ(seed.ipv4_cap, Ipv4Cap::group_max);
  EXPECT_EQ(seed.server_slots, ServerSlots::ignore);
  EXPECT_EQ(seed.shared_storage, SharedStorage::none);
  EXPECT_EQ(seed.storage_match, StorageMatch::storage_type);
  EXPECT_FALSE(seed.reserve_pending);
  EXPECT_TRUE(seed.confirm_missing);
  EXPECT_FALSE(seed.first_page_only);
  EXPECT_EQ(seed.brake_percent, 50);
}

TEST(Preset, StrictNeverSellsWhatCannotBePlaced) {
  const Policy strict = *preset("strict");
  EXPECT_EQ(strict.ipv4_cap, Ipv4Cap::nested);
  EXPECT_EQ(strict.server_slots, ServerSlots::enforce);
  EXPECT_EQ(strict.shared_storage, SharedStorage::by_name);
  EXPECT_TRUE(strict.reserve_pending);
  EXPECT_TRUE(strict.confirm_missing);
}

TEST(Preset, ClassicBehavesAsBeforeThisProject) {
  const Policy classic = *preset("classic");
  EXPECT_TRUE(classic.first_page_only);
  EXPECT_EQ(classic.ipv4_cap, Ipv4Cap::group_max);
  EXPECT_EQ(classic.server_slots, ServerSlots::ignore);
  EXPECT_EQ(classic.shared_storage, SharedStorage::none);
  EXPECT_EQ(classic.storage_match, StorageMatch::pool_id);
  EXPECT_EQ(classic.forget, Forget::default_group);
  EXPECT_EQ(classic.accept_when, AcceptWhen::first_provisioned);
  EXPECT_FALSE(classic.confirm_missing);
  EXPECT_FALSE(classic.retry_unavailable);
  EXPECT_FALSE(classic.trailing_refresh);
  EXPECT_EQ(classic.brake_percent, 0);
  EXPECT_EQ(classic.delete_grace.count(), 0);
}

template <class Enum>
void expect_round_trip() {
  const auto texts = choices<Enum>();
  EXPECT_FALSE(texts.empty());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto parsed = parse_choice<Enum>(texts[i]);
    ASSERT_TRUE(parsed) << texts[i];
    EXPECT_EQ(static_cast<std::size_t>(*parsed), i);
    EXPECT_EQ(text_of(*parsed), texts[i]);
  }
  EXPECT_FALSE(parse_choice<Enum>("nonsense"));
}

TEST(PolicyText, ReadsBackWhatItWrites) {
  expect_round_trip<StorageMatch>();
  expect_round_trip<Ipv4Cap>();
  expect_round_trip<ServerSlots>();
  expect_round_trip<SharedStorage>();
  expect_round_trip<Maintenance>();
  expect_round_trip<Ipv4Zero>();
  expect_round_trip<Forget>();
  expect_round_trip<AcceptWhen>();
}

TEST(PolicyText, SpeaksTheWordsOfScenarioFiles) {
  EXPECT_EQ(text_of(StorageMatch::storage_type_other), "storage-type-other");
  EXPECT_EQ(text_of(Ipv4Cap::group_max), "group-max");
  EXPECT_EQ(text_of(Forget::all_groups), "all-groups");
  EXPECT_EQ(text_of(AcceptWhen::first_provisioned), "first-provisioned");
}

TEST(PanelOptions, FollowThePolicy) {
  const auto normal = schedule::panel_options({});
  EXPECT_FALSE(normal.first_page_only);
  EXPECT_TRUE(normal.servers_needed);
  EXPECT_TRUE(normal.servers_count);
  EXPECT_TRUE(normal.read_blocks);
  EXPECT_FALSE(normal.exclude_maintenance);
  EXPECT_EQ(normal.nesting, 64);
  EXPECT_EQ(normal.pages, 500);
  EXPECT_TRUE(normal.paging_needed);
  EXPECT_TRUE(schedule::panel_options(*preset("strict")).servers_needed);
  EXPECT_TRUE(schedule::panel_options(*preset("classic")).first_page_only);
  EXPECT_FALSE(schedule::panel_options(*preset("seed")).servers_needed);
  EXPECT_FALSE(schedule::panel_options(*preset("seed")).read_blocks);
}

TEST(PanelOptions, ReadSlotsForTheCapsOfNodesAlone) {
  Policy policy = *preset("seed");
  policy.node_caps = {{3, 35}};
  const auto options = schedule::panel_options(policy);
  EXPECT_TRUE(options.servers_needed);
  EXPECT_FALSE(options.servers_count);
  EXPECT_EQ(options.node_caps, policy.node_caps);
}

}  // namespace
}  // namespace vfstock::plan
