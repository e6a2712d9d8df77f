#include "engine/plan/decider.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/stock/stock_world.h"

namespace vfstock::stock {
namespace {

using capacity::Footprint;
using panel::GroupId;
using panel::Missing;
using panel::PackageId;

/// A product of package 1 in groups 1 and 2, decided again and again.
class DecidingAgain : public testing::Test {
 protected:
  DecidingAgain() {
    panel_.set(PackageId{1}, package_found(1));
    terms_.package = PackageId{1};
    terms_.groups = {GroupId{1}, GroupId{2}};
    grounds_ = {&cache_.package(PackageId{1}), {}};
    for (const GroupId id : terms_.groups) grounds_.groups.push_back(&cache_.group(id));
  }

  /// "{qty}: {why}" of the decision, or "kept: {why}".
  static std::string told(const Decision& decision) {
    const SetQty* const set = decision.if_set();
    return (set == nullptr ? "kept" : std::to_string(set->set.qty())) + ": " +
           decision.why().text.str();
  }
  /// Decides on what the panel says now. True: it came out as before.
  bool comes_out_as_before() {
    cache_.look_up({{grounds_.package}, grounds_.groups}, std::chrono::seconds{1});
    const Decision* const last = last_ ? &*last_ : nullptr;
    auto again = decider_.decide_again(last, terms_, grounds_, reserved_, batch_);
    const Decision anew = Decider(policy_).decide(terms_, grounds_, reserved_, batch_);
    EXPECT_EQ(told(again ? *again : *last_), told(anew));
    if (!again) return true;
    last_.emplace(*std::move(again));
    return false;
  }
  void set(std::int64_t group, panel::Lookup<panel::GroupResources> lookup) {
    panel_.set(GroupId{group}, std::move(lookup));
  }

  Policy policy_;
  Decider decider_{policy_};
  panel::FakePanel panel_;
  panel::FakeClock clock_;
  panel::CachingPanel cache_{
      panel_, clock_, {std::chrono::seconds{0}, std::chrono::seconds{0}, std::chrono::seconds{0}}};
  capacity::CapacityBatch batch_;
  Terms terms_;
  Grounds grounds_;
  std::vector<Reservation> reserved_;
  std::optional<Decision> last_;
};

TEST_F(DecidingAgain, ComesOutAsBeforeWhereTheCountIsTheSame) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  EXPECT_FALSE(comes_out_as_before()) << "there was none";
  EXPECT_TRUE(comes_out_as_before());
  set(1, group_taking(3));
  set(2, group_taking(5));
  EXPECT_TRUE(comes_out_as_before()) << "eight in all, as before";
  set(2, group_taking(6));
  EXPECT_FALSE(comes_out_as_before());
}

TEST_F(DecidingAgain, TellsAMissingGroupFromOneThatTakesNothing) {
  set(1, group_taking(5));
  set(2, group_sold_out());
  EXPECT_FALSE(comes_out_as_before());
  set(2, Missing{});
  EXPECT_FALSE(comes_out_as_before());
  EXPECT_TRUE(comes_out_as_before());
}

TEST_F(DecidingAgain, TellsUnlimitedFromNothing) {
  set(1, group_sold_out());
  set(2, group_sold_out());
  EXPECT_FALSE(comes_out_as_before());
  set(2, group_unlimited());
  EXPECT_FALSE(comes_out_as_before());
  set(2, group_sold_out());
  EXPECT_FALSE(comes_out_as_before());
}

TEST_F(DecidingAgain, MindsWhatOrdersOnTheirWayTake) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  EXPECT_FALSE(comes_out_as_before());
  reserved_ = {{{GroupId{1}}, Footprint{1024, 1, 10, 0, 1}, "", 2}};
  EXPECT_FALSE(comes_out_as_before());
  EXPECT_TRUE(comes_out_as_before());
  set(1, group_taking(6));
  reserved_.front().qty = 3;
  EXPECT_FALSE(comes_out_as_before()) << "one more, and one more of it taken";
}

TEST_F(DecidingAgain, NeverKeepsToAReasonThatWasGivenInWords) {
  policy_.qty_ceiling = 9;
  set(1, group_unlimited());
  set(2, unavailable());
  EXPECT_FALSE(comes_out_as_before());
  EXPECT_FALSE(comes_out_as_before());
  set(2, Missing{});
  EXPECT_FALSE(comes_out_as_before());
  EXPECT_FALSE(comes_out_as_before());
  panel_.set(PackageId{1}, package_found(1, false));
  EXPECT_FALSE(comes_out_as_before());
}

TEST_F(DecidingAgain, SaysHowManyGroupsThereAre) {
  set(1, group_taking(5));
  set(2, group_taking(3));
  set(3, group_sold_out());
  EXPECT_FALSE(comes_out_as_before());
  terms_.groups.push_back(GroupId{3});
  grounds_.groups.push_back(&cache_.group(GroupId{3}));
  EXPECT_FALSE(comes_out_as_before());
}

TEST_F(DecidingAgain, MindsTheCeiling) {
  policy_.qty_ceiling = 6;
  set(1, group_taking(5));
  set(2, group_taking(3));
  EXPECT_FALSE(comes_out_as_before());
  set(1, group_taking(3));
  EXPECT_FALSE(comes_out_as_before()) << "six by themselves";
  EXPECT_TRUE(comes_out_as_before());
}

}  // namespace
}  // namespace vfstock::stock
