#include "mockpanel/faults/record_state.h"

#include <gtest/gtest.h>

#include "mockpanel/faults/injector.h"

namespace vfstock::mockpanel::faults {
namespace {

using Record = RecordState::Record;
using Is = RecordState::Is;

class RecordStateTest : public ::testing::Test {
 protected:
  RecordStateTest() {
    world_.packages[7].id = 7;
    world_.groups[1].id = 1;
    world_.hypervisors[3].id = 3;
    world_.servers[9].id = 9;
  }
  bool is(Record record, std::int64_t id, Is state) const {
    return holds({record, id, state}, world_);
  }

  model::World world_;
};

TEST_F(RecordStateTest, ARecordIsThereOrGone) {
  for (const auto& [record, id] : {std::pair{Record::package, 7},
                                   {Record::group, 1},
                                   {Record::hypervisor, 3},
                                   {Record::server, 9}}) {
    EXPECT_TRUE(is(record, id, Is::there)) << name(record);
    EXPECT_FALSE(is(record, id, Is::gone)) << name(record);
    EXPECT_FALSE(is(record, 1000, Is::there)) << name(record);
    EXPECT_TRUE(is(record, 1000, Is::gone)) << name(record);
    EXPECT_FALSE(is(record, 1000, Is::enabled)) << name(record);
    EXPECT_FALSE(is(record, 1000, Is::disabled)) << name(record);
  }
}

TEST_F(RecordStateTest, ARecordIsEnabledOrDisabled) {
  EXPECT_TRUE(is(Record::package, 7, Is::enabled));
  world_.packages[7].enabled = false;
  EXPECT_FALSE(is(Record::package, 7, Is::enabled));
  EXPECT_TRUE(is(Record::package, 7, Is::disabled));
  world_.groups[1].enabled = false;
  EXPECT_TRUE(is(Record::group, 1, Is::disabled));
  world_.hypervisors[3].prohibit = true;
  EXPECT_TRUE(is(Record::hypervisor, 3, Is::disabled));
  EXPECT_TRUE(is(Record::server, 9, Is::enabled));
}

TEST_F(RecordStateTest, ARuleFiresOnlyWhileThePanelIsInItsState) {
  Injector injector(world_);
  Rule rule;
  rule.while_ = {Record::package, 7, Is::disabled};
  injector.add(rule);
  const api::Request request{"GET", "/packages/7", {}, {}, {}};
  EXPECT_EQ(injector.judge(request, model::Time{0}), nullptr);
  world_.packages[7].enabled = false;
  EXPECT_NE(injector.judge(request, model::Time{0}), nullptr);
  EXPECT_EQ(injector.rules().front().matched, 1);
}

TEST(RecordStateNames, AreReadBack) {
  for (const Record record : {Record::package, Record::group, Record::hypervisor, Record::server}) {
    EXPECT_EQ(record_named(name(record)), record);
  }
  for (const Is state : {Is::there, Is::gone, Is::enabled, Is::disabled}) {
    EXPECT_EQ(state_named(name(state)), state);
  }
  EXPECT_FALSE(record_named("Package"));
  EXPECT_FALSE(state_named("full"));
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
