#include "engine/plan/decider.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/capacity/capacity_batch.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using capacity::Footprint;
using panel::GroupId;
using panel::Missing;
using panel::PackageId;

/// A product of package 1 in groups 1 and 2.
class DeciderTest : public testing::Test {
 protected:
  DeciderTest() {
    panel_.set(PackageId{1}, package_found(1));
    terms_.package = PackageId{1};
    terms_.groups = {GroupId{1}, GroupId{2}};
    terms_.counting.buffer = capacity::Percent(0);
  }
  /// "{qty}: {why}" of the decision, or "kept: {why}".
  std::string decided() {
    answers_ = panel_.ask({{terms_.package}, terms_.groups}, std::chrono::seconds{1});
    return decided_on(panel::LookupResults(answers_));
  }
  std::string decided_on(const panel::LookupResults& answers) {
    capacity::CapacityBatch batch;
    const Decision decision = Decider(policy_, batch).decide(terms_, answers, reserved_);
    const SetQty* const set = decision.if_set();
    return (set == nullptr ? "kept" : std::to_string(set->set.qty())) + ": " +
           to_text(decision.why());
  }
  void set(std::int64_t group, panel::Lookup<panel::GroupResources> lookup) {
    panel_.set(GroupId{group}, std::move(lookup));
  }

  Policy policy_;
  panel::FakePanel panel_;
  panel::Answers answers_;
  Terms terms_;
  std::vector<Reservation> reserved_;
};

TEST_F(DeciderTest, TellsAMissingGroupFromOneThatTakesNothing) {
  set(1, group_taking(5));
  set(2, group_sold_out());
  EXPECT_EQ(decided(), "5: 2 groups take 5 more");
  set(2, Missing{});
  EXPECT_EQ(decided(), "5: 1 group takes 5 more; 1 group not on the panel");
}

TEST_F(DeciderTest, TellsUnlimitedFromNothing) {
  set(1, group_sold_out());
  set(2, group_sold_out());
  EXPECT_EQ(decided(), "0: 2 groups take 0 more");
  set(2, group_unlimited());
  EXPECT_EQ(decided(), "kept: nothing limits the product, and there is no ceiling");
  policy_.qty_ceiling = 9;
  EXPECT_EQ(decided(), "9: nothing limits the product but the ceiling");
}

TEST_F(DeciderTest, TakesOffWhatOrdersOnTheirWayTake) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  reserved_ = {{{GroupId{1}}, Footprint{1024, 1, 10, 0, 1}, "", 2}};
  EXPECT_EQ(decided(), "6: 2 groups take 8 more; orders on their way leave 6");
  reserved_.front().groups = {GroupId{9}};
  EXPECT_EQ(decided(), "8: 2 groups take 8 more");
}

TEST_F(DeciderTest, CutsToTheCeilingAndSaysSo) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  policy_.qty_ceiling = 8;
  EXPECT_EQ(decided(), "8: 2 groups take 8 more");
  policy_.qty_ceiling = 6;
  EXPECT_EQ(decided(), "6: 2 groups take 8 more; cut to the ceiling of 6");
}

TEST_F(DeciderTest, ConcludesNothingAboutWhatWasNotLookedUp) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  const std::string kept = "kept: the product was changed to a package or group not looked up yet";
  EXPECT_EQ(decided_on({}), kept);
  const panel::Answers some = panel_.ask({{terms_.package}, {GroupId{1}}}, Milliseconds{1});
  EXPECT_EQ(decided_on(panel::LookupResults(some)), kept);
}

}  // namespace
}  // namespace vfstock::stock
