// What a memo holds on to, and what makes it decide again. That its plans are those of make_plan is
// for tests/property/incremental/memo_test.cpp.
#include "engine/incremental/memo.h"

#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/unit/schedule/stock_world.h"

namespace vfstock::incremental {
namespace {

using namespace plan;
using panel::GroupId;
using panel::GroupResources;
using panel::Lookup;
using panel::Missing;
using panel::PackageId;
using stock::group_taking;
using stock::package_found;
using stock::pid;
using stock::product;
using stock::unavailable;

/// Product 1 of package 1 in group 1, planned again and again.
class MemoTest : public testing::Test {
 protected:
  MemoTest() {
    shop_.products.push_back({product(1, 3), Surroundings{}, std::nullopt, 1});
    panel_.set(PackageId{1}, package_found(1));
    set_group(1, 4);
  }
  /// Says that the group has this revision, whatever it holds.
  void set_group(std::uint64_t revision, std::int64_t places) {
    const GroupResources found = *group_taking(places).if_found();
    panel_.set(GroupId{1}, Lookup<GroupResources>::found({revision, found.hypervisors}));
  }
  const PlannedProduct& planned(const Scope& scope = Scope::all()) {
    answers_ = panel_.ask(memo_.questions(shop_, scope), Milliseconds{1});
    Request request;
    request.scope = scope;
    return memo_.plan(shop_, panel::LookupResults(answers_), Brake(), request).products.at(0);
  }
  /// -1: kept.
  std::int64_t qty(const Scope& scope = Scope::all()) {
    const SetQty* const set = planned(scope).decision.if_set();
    return set == nullptr ? -1 : set->set.qty();
  }

  Policy policy_;
  Shop shop_;
  panel::FakePanel panel_;
  panel::Answers answers_;
  Memo memo_{policy_};
};

TEST_F(MemoTest, HoldsOnToADecisionWhereEveryVersionIsTheSame) {
  EXPECT_EQ(qty(), 4);
  set_group(1, 9);
  EXPECT_EQ(qty(), 4) << "the revision says that it is the same group";
  EXPECT_EQ(qty(Scope::of({pid(1)})), 4);
}

TEST_F(MemoTest, DecidesAgainOnAnotherRevisionOfAGroup) {
  EXPECT_EQ(qty(), 4);
  set_group(2, 9);
  EXPECT_EQ(qty(), 9);
  set_group(3, 1);
  EXPECT_EQ(qty(Scope::of({pid(1)})), 1);
  EXPECT_EQ(qty(), 1);
}

TEST_F(MemoTest, DecidesAgainOnAnotherPackage) {
  EXPECT_EQ(qty(), 4);
  panel_.set(PackageId{1}, package_found(1, false));
  EXPECT_EQ(qty(), 0);
  panel_.set(PackageId{1}, Missing{});
  EXPECT_EQ(planned().decision.why().cause, Cause::package_missing);
  panel_.set(PackageId{1}, package_found(1));
  EXPECT_EQ(qty(), 4);
}

TEST_F(MemoTest, DecidesAgainOnAnotherReadingOfAProduct) {
  EXPECT_EQ(qty(), 4);
  shop_.products[0].row.configoption7 = "50";
  EXPECT_EQ(qty(), 4) << "the version says that it is the same reading";
  shop_.products[0].version = 2;
  EXPECT_EQ(qty(), 2);
}

TEST_F(MemoTest, SeesTheQtyOfARowWhateverItsVersion) {
  EXPECT_EQ(planned().row.qty, 3);
  shop_.products[0].row.qty = 8;
  EXPECT_EQ(planned().row.qty, 8);
  EXPECT_EQ(planned(Scope::of({pid(1)})).row.qty, 8);
}

TEST_F(MemoTest, DecidesAgainOnOtherReservations) {
  policy_.reserve_pending = true;
  EXPECT_EQ(qty(), 4);
  PendingOrder order;
  order.service.product = product(1, 3);
  order.service.qty = 3;
  shop_.pending.push_back(order);
  EXPECT_EQ(qty(), 1);
  shop_.pending.clear();
  EXPECT_EQ(qty(), 4);
}

TEST_F(MemoTest, HoldsOnToNothingThatCouldNotBeLookedUp) {
  panel_.set(GroupId{1}, unavailable());
  EXPECT_EQ(to_text(planned().decision.why()), "group 1 could not be read: 503 from the panel");
  panel_.set(GroupId{1}, panel::Unavailable{panel::Reason::deadline, "too slow"});
  EXPECT_EQ(to_text(planned().decision.why()), "group 1 could not be read: too slow");
  set_group(1, 4);
  EXPECT_EQ(qty(), 4);
}

TEST_F(MemoTest, TellsAMissingGroupFromOneThatWasFoundBefore) {
  EXPECT_EQ(qty(), 4);
  panel_.set(GroupId{1}, Missing{});
  EXPECT_EQ(planned().decision.why().cause, Cause::group_missing);
  set_group(1, 4);
  EXPECT_EQ(qty(), 4) << "the same revision as before it was gone";
}

TEST_F(MemoTest, HoldsOnToNothingOfAProductThatCouldNotBeRead) {
  shop_.products[0].unread = Why{Cause::store_failed, "deadlock"};
  EXPECT_EQ(qty(), -1);
  shop_.products[0].unread.reset();
  EXPECT_EQ(qty(), 4);
}

TEST_F(MemoTest, DecidesNothingWhereNothingIsKnownAndGoesOnAfterwards) {
  EXPECT_EQ(qty(), 4);
  const auto failed = panel::LookupResults::failed("out of luck");
  const Plan& plan = memo_.plan(shop_, failed, Brake(), {});
  EXPECT_EQ(plan.products.at(0).decision.why().cause, Cause::surprise);
  EXPECT_EQ(qty(), 4);
}

TEST_F(MemoTest, FollowsProductsThatComeAndGo) {
  EXPECT_EQ(qty(), 4);
  shop_.products.insert(shop_.products.begin(),
                        {product(0, 1, "1", "2"), Surroundings{}, std::nullopt, 5});
  panel_.set(GroupId{2}, group_taking(7));
  EXPECT_EQ(planned().row.id, pid(0));
  EXPECT_EQ(qty(), 7);
  shop_.products.erase(shop_.products.begin());
  EXPECT_EQ(planned().row.id, pid(1));
  EXPECT_EQ(qty(), 4);
}

}  // namespace
}  // namespace vfstock::incremental
