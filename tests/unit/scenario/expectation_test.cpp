#include "sim/scenario/expectation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock::sim::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Seen some() {
  Seen seen;
  seen.requests = {{"/packages/1", 2}};
  seen.writes = {{1, 3}, {2, 1}};
  seen.decisions = {{1, {"keep", "group unavailable", "AfterCronJob"}}};
  seen.oversell = {{1, 4}};
  seen.summary = apply::Summary{2, 1, 0, 0, 1, 0};
  return seen;
}

Expect of_product(std::int64_t id) {
  Expect expect;
  expect.product = id;
  return expect;
}

TEST(Expectation, HoldsWhenEveryFieldThatIsThereAgrees) {
  Expect expect = of_product(1);
  expect.qty = 5;
  expect.decision = "keep";
  expect.why = "group unavailable";
  expect.trigger = "AfterCronJob";
  expect.writes = 3;
  expect.oversell = 4;
  expect.requests = {{"/packages/1", 2}, {"/packages/2", 0}};
  expect.summary = {{"total", 2}, {"updated", 1}, {"skipped", 1}, {"held", 0}};
  EXPECT_THAT(unmet(expect, some(), 5), IsEmpty());
}

TEST(Expectation, NamesEachFieldThatDoesNot) {
  Expect expect = of_product(1);
  expect.qty = 6;
  expect.decision = "set";
  expect.why = "capacity";
  expect.trigger = "stockRecalculate";
  expect.writes = 0;
  expect.oversell = 0;
  expect.requests = {{"/connect", 1}};
  expect.summary = {{"zeroed", 1}, {"unchanged", 9}};
  EXPECT_EQ(unmet(expect, some(), 5).size(), 9u);
}

TEST(Expectation, CountsTheWritesOfAllProductsWhereNoneIsNamed) {
  Expect expect;
  expect.writes = 5;
  EXPECT_THAT(unmet(expect, some(), std::nullopt), ElementsAre("writes: expected 5, found 4"));
}

TEST(Expectation, DoesNotHoldForARowThatIsGone) {
  EXPECT_EQ(unmet(of_product(9), some(), std::nullopt).size(), 1u);
}

TEST(Expectation, DoesNotTakeASilenceForASummaryOfZeros) {
  Expect expect;
  expect.summary = {{"held", 0}};
  EXPECT_EQ(unmet(expect, Seen{}, std::nullopt).size(), 1u);
}

}  // namespace
}  // namespace vfstock::sim::scenario
