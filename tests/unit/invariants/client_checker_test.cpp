// What is made of the qtys of a client that asks in its own way.
#include "sim/invariants/client_checker.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string package_target = "/packages/7";
const std::string group_target = "/compute/hypervisors/groups/1/resources";

/// A panel whose group 1 takes `fits` of package 7.
mockpanel::model::World world_of(std::int64_t fits) {
  mockpanel::model::World world = roomy_world();
  world.packages.at(7).memory_mb = 1024;
  world.packages.at(7).cores = 1;
  world.packages.at(7).storage_gb = 10;
  world.hypervisors.at(1).memory_mb.max = 1024 * fits;
  return world;
}

/// A client's moments, written by hand.
class Moments {
 public:
  explicit Moments(bool exact = false, Expectations expectations = {})
      : checker_(std::move(expectations), exact) {}

  Moments& world(mockpanel::model::World world) {
    world_ = std::make_shared<const mockpanel::model::World>(std::move(world));
    return *this;
  }
  /// Something may be wrong with this path from now on.
  Moments& troubled(const std::string& path) {
    troubled_.insert(path);
    return *this;
  }
  Moments& healed() {
    troubled_.clear();
    return *this;
  }
  Moments& begins(std::chrono::milliseconds at, std::vector<Row> rows = {usual_row()}) {
    now_ = at;
    ClientMoment moment;
    moment.at = at;
    moment.trigger = "AfterCronJob";
    moment.rows = std::move(rows);
    moment.truth = world_;
    moment.troubled = [this](const std::string& path) { return troubled_.contains(path); };
    checker_.begin(std::move(moment));
    return *this;
  }
  Moments& answers(const std::string& target, const Json& document, int status = 200) {
    Exchanged exchange;
    exchange.asked = exchange.answered = now_;
    exchange.target = target;
    exchange.status = status;
    exchange.headers = {{"Content-Type", "application/json"}};
    exchange.body = document.dump();
    exchange.whole = true;
    exchange.fault = fault_;
    exchange.truth = world_;
    checker_.answered(exchange);
    return *this;
  }
  /// The answers from now on are those of a fault.
  Moments& by_fault(const std::string& id) {
    fault_ = id;
    return *this;
  }
  Moments& reads(std::int64_t fits) {
    return answers(package_target, package_json())
        .answers(group_target, page_json({hypervisor_json(1, fits)}));
  }
  Moments& says(std::int64_t qty) {
    checker_.end({{{3, qty}}, {}});
    return *this;
  }
  Moments& says_nothing(const std::string& failure = {}) {
    checker_.end({{}, failure});
    return *this;
  }
  /// Each finding as "invariant verdict".
  std::vector<std::string> found() {
    checker_.finish();
    std::vector<std::string> all;
    for (const Violation& violation : checker_.violations()) {
      all.push_back(violation.invariant + " " + std::string(name(violation.verdict)));
      last_ = violation.detail;
    }
    return all;
  }
  const std::string& last_detail() const { return last_; }

 private:
  ClientChecker checker_;
  std::shared_ptr<const mockpanel::model::World> world_ =
      std::make_shared<const mockpanel::model::World>(world_of(9));
  std::set<std::string> troubled_;
  std::string fault_, last_;
  Time now_{};
};

TEST(ClientChecker, LetsAClientStandThatSaysWhatThePanelHas) {
  EXPECT_THAT(Moments().begins(1h).reads(9).says(9).found(), IsEmpty());
  EXPECT_THAT(Moments(true).begins(1h).reads(9).says(9).found(), IsEmpty());
}

TEST(ClientChecker, LeavesTheCountToTheClientUnlessItIsJudged) {
  EXPECT_THAT(Moments().begins(1h).reads(9).says(7).found(), IsEmpty());
  EXPECT_THAT(Moments(true).begins(1h).reads(9).says(7).found(),
              ElementsAre("truth-on-found violated", "converges violated"));
}

TEST(ClientChecker, NeverLetsMoreBePromisedThanFits) {
  EXPECT_THAT(Moments().begins(1h).reads(9).says(10).found(),
              ElementsAre("provisionable violated", "converges violated"));
}

TEST(ClientChecker, NeverTakesAZeroWhereThereIsRoom) {
  EXPECT_THAT(Moments().begins(1h).reads(9).says(0).found(),
              ElementsAre("truth-on-found violated", "converges violated"));
}

TEST(ClientChecker, DoesNotKnowWhatAWriteRestsOnThatAskedNothing) {
  for (const std::int64_t qty : {0, 9}) {
    Moments moments;
    EXPECT_THAT(moments.begins(1h).says(qty).found(), ::testing::Contains("never-partial unknown"));
  }
}

TEST(ClientChecker, TellsAClientThatAskedNothing) {
  Moments moments;
  EXPECT_THAT(moments.begins(1h).says_nothing().begins(3h).says_nothing().found(),
              ElementsAre("answer violated"));
  EXPECT_THAT(moments.last_detail(), HasSubstr("asked nothing in 2 moment(s)"));
}

TEST(ClientChecker, TellsAClientThatFailed) {
  Moments moments;
  EXPECT_THAT(
      moments.begins(1h).reads(9).says(9).begins(3h).reads(9).says_nothing("failed").found(),
      ElementsAre("answer violated"));
}

TEST(ClientChecker, LetsAClientKeepWhileSomethingIsWrong) {
  EXPECT_THAT(Moments().troubled(group_target).begins(1h).says_nothing().found(), IsEmpty());
  EXPECT_THAT(Moments()
                  .by_fault("f")
                  .begins(1h)
                  .answers(package_target, {{"msg", "no"}}, 500)
                  .says_nothing("failed with status 1")
                  .found(),
              IsEmpty());
}

TEST(ClientChecker, KnowsNothingWhereThereWasNoMoment) {
  EXPECT_THAT(Moments().found(), ElementsAre("answer unknown"));
}

TEST(ClientChecker, ForbidsToWriteOnAnAnswerThatFailed) {
  Moments moments;
  moments.by_fault("f").begins(1h).answers(package_target, package_json());
  EXPECT_THAT(moments.answers(group_target, {{"msg", "no"}}, 500).says(0).found(),
              ElementsAre("keep-on-unavailable violated"));
}

TEST(ClientChecker, AllowsToTryAgain) {
  Moments moments;
  moments.by_fault("f").begins(1h).answers(group_target, {{"msg", "no"}}, 500).by_fault("");
  EXPECT_THAT(moments.reads(9).says(9).found(), IsEmpty());
}

TEST(ClientChecker, AllowsPagesInAnyOrder) {
  const std::vector<Json> first{hypervisor_json(1, 4)}, second{hypervisor_json(2, 5)};
  Moments moments(true);
  moments.begins(1h)
      .answers(group_target + "?page=2&results=1", page_json(second, 2, 1, 2))
      .answers(group_target + "?results=1", page_json(first, 1, 1, 2))
      .answers(package_target, package_json());
  mockpanel::model::World world = world_of(9);
  EXPECT_THAT(moments.says(9).found(), IsEmpty());
}

TEST(ClientChecker, ForbidsPartOfThePages) {
  const std::vector<Json> first{hypervisor_json(1, 4)};
  Moments moments;
  moments.begins(1h).answers(package_target, package_json());
  moments.answers(group_target + "?results=1", page_json(first, 1, 1, 2));
  EXPECT_THAT(moments.says(4).found(), ElementsAre("never-partial violated"));
}

TEST(ClientChecker, AllowsACacheAsLongAsAnAnswerLives) {
  Moments moments(true);
  moments.begins(1h).reads(9).says_nothing();
  EXPECT_THAT(moments.begins(1h + 100s).says(9).found(), IsEmpty());
  Moments late(true);
  late.begins(1h).reads(9).says(9);
  Row row = usual_row();
  row.qty = 9;
  EXPECT_THAT(late.begins(2h, {row}).says(8).found(),
              ElementsAre("fresh violated", "converges violated", "answer violated"));
}

TEST(ClientChecker, AsksFor0WhereThePackageIsGone) {
  mockpanel::model::World without = world_of(9);
  without.packages.erase(7);
  const Json gone = {{"msg", "package not found"}};
  const auto asked = [&](Moments& moments) -> Moments& {
    return moments.world(without).begins(1h).answers(package_target, gone, 404);
  };
  Moments zero, other, kept;
  EXPECT_THAT(asked(zero).says(0).found(), IsEmpty());
  EXPECT_THAT(asked(other).says(4).found(),
              ElementsAre("zero-on-missing violated", "zero-on-missing violated"));
  EXPECT_THAT(asked(kept).says_nothing().found(), ElementsAre("zero-on-missing violated"));
}

TEST(ClientChecker, WantsA404ThatIsNotSoVouchedFor) {
  const Json gone = {{"msg", "package not found"}};
  Moments rash, careful;
  rash.by_fault("f").begins(1h).answers(package_target, gone, 404);
  EXPECT_THAT(rash.says(0).found(), ElementsAre("keep-on-unavailable violated"));
  careful.by_fault("f").begins(1h).answers(package_target, gone, 404).by_fault("");
  EXPECT_THAT(careful.answers("/connect", Json::array()).says(0).found(), IsEmpty());
}

TEST(ClientChecker, HoldsEveryQtyToTheColumn) {
  for (const std::int64_t qty : {std::int64_t{-1}, column_max + 1}) {
    EXPECT_THAT(Moments().begins(1h).reads(9).says(qty).found(),
                ElementsAre("never-negative violated", "converges violated"));
  }
}

TEST(ClientChecker, LeavesRowsOfOthersAlone) {
  Row row = usual_row();
  row.stockcontrol = 0;
  EXPECT_THAT(Moments().begins(1h, {row}).reads(9).says(9).found(),
              ElementsAre("only-managed violated", "answer unknown"));
}

TEST(ClientChecker, LeavesAMassFallToTheClientsBrake) {
  mockpanel::model::World without = world_of(9);
  without.packages.erase(7);
  Row other = usual_row();
  other.id = 4;
  Moments moments;
  moments.world(without).begins(1h, {usual_row(), other});
  moments.answers(package_target, {{"msg", "package not found"}}, 404).says_nothing();
  EXPECT_THAT(moments.found(), IsEmpty());
}

TEST(ClientChecker, JudgesTheLastHealthyMoment) {
  Moments moments;
  Row row = usual_row();
  row.qty = 9;
  moments.begins(1h).reads(9).says(9);
  moments.world(world_of(4)).begins(3h, {row}).reads(4).says_nothing();
  moments.troubled(group_target).begins(5h, {row}).says_nothing();
  EXPECT_THAT(moments.found(), ElementsAre("converges violated"));
  EXPECT_THAT(moments.last_detail(), HasSubstr("was left at qty 9"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
