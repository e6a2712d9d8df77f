#include "mockpanel/faults/injector.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::faults {
namespace {

using namespace std::chrono_literals;

api::Request get(std::string path, api::Fields query = {}) {
  api::Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.query = std::move(query);
  return request;
}

/// The state of the panel where no rule asks for it.
model::World& calm_world() {
  static model::World world;
  return world;
}

Rule rule(std::string id) {
  Rule made;
  made.id = std::move(id);
  return made;
}

/// The ids of the rules that fire at `requests` requests for the same path, "-" for none.
std::string fired(Injector& injector, int requests, const std::string& path = "/packages/7") {
  std::string ids;
  for (int i = 0; i < requests; ++i) {
    const Rule* const decides = injector.judge(get(path), 0ms);
    ids += decides == nullptr ? "-" : decides->id;
  }
  return ids;
}

bool fires(const Rule& candidate, const api::Request& request, model::Time now = 0ms) {
  Injector injector(calm_world());
  injector.add(candidate);
  return injector.judge(request, now) != nullptr;
}

TEST(Injector, WithoutRulesNothingFires) {
  Injector injector(calm_world());
  EXPECT_EQ(fired(injector, 3), "---");
}

TEST(Injector, ARuleWithoutConditionsFiresAlways) {
  Injector injector(calm_world());
  injector.add(rule("a"));
  EXPECT_EQ(fired(injector, 3), "aaa");
}

TEST(Injector, TheMethodMustAgree) {
  Rule posts = rule("a");
  posts.method = "POST";
  EXPECT_FALSE(fires(posts, get("/servers")));
  api::Request post = get("/servers");
  post.method = "POST";
  EXPECT_TRUE(fires(posts, post));
}

TEST(Injector, ThePathMustAgree) {
  Rule packages = rule("a");
  packages.path = "/packages/*";
  EXPECT_TRUE(fires(packages, get("/packages/7")));
  EXPECT_FALSE(fires(packages, get("/connect")));
}

TEST(Injector, ThePageMustAgreeAndIsTheFirstWhereNoneIsNamed) {
  Rule second = rule("a");
  second.page = 2;
  EXPECT_TRUE(fires(second, get("/g", {{"results", "200"}, {"page", "2"}})));
  EXPECT_FALSE(fires(second, get("/g", {{"page", "1"}})));
  EXPECT_FALSE(fires(second, get("/g")));
  Rule first = rule("b");
  first.page = 1;
  EXPECT_TRUE(fires(first, get("/g")));
  EXPECT_FALSE(fires(first, get("/g", {{"page", "1x"}})));
}

TEST(Injector, TheWindowHoldsItsBeginningButNotItsEnd) {
  Rule window = rule("a");
  window.from = 10s;
  window.until = 20s;
  EXPECT_FALSE(fires(window, get("/g"), 9999ms));
  EXPECT_TRUE(fires(window, get("/g"), 10s));
  EXPECT_TRUE(fires(window, get("/g"), 19999ms));
  EXPECT_FALSE(fires(window, get("/g"), 20s));
}

TEST(Injector, NthFiresOnce) {
  Injector injector(calm_world());
  Rule third = rule("a");
  third.nth = 3;
  injector.add(third);
  EXPECT_EQ(fired(injector, 7), "--a----");
}

TEST(Injector, EveryFiresAtMultiples) {
  Injector injector(calm_world());
  Rule third = rule("a");
  third.every = 3;
  injector.add(third);
  EXPECT_EQ(fired(injector, 7), "--a--a-");
}

TEST(Injector, CountStopsFiring) {
  Injector injector(calm_world());
  Rule twice = rule("a");
  twice.every = 2;
  twice.count = 2;
  injector.add(twice);
  EXPECT_EQ(fired(injector, 8), "-a-a----");
}

TEST(Injector, OnlyRequestsThatTheRuleDescribesAreCounted) {
  Injector injector(calm_world());
  Rule second = rule("a");
  second.path = "/packages/*";
  second.nth = 2;
  injector.add(second);
  EXPECT_EQ(fired(injector, 5, "/connect"), "-----");
  EXPECT_EQ(fired(injector, 2), "-a");
}

TEST(Injector, RequestsOutsideTheWindowAreNotCounted) {
  Injector injector(calm_world());
  Rule first = rule("a");
  first.from = 1min;
  first.nth = 1;
  injector.add(first);
  EXPECT_EQ(injector.judge(get("/g"), 0s), nullptr);
  EXPECT_NE(injector.judge(get("/g"), 1min), nullptr);
}

TEST(Injector, TheFirstRuleThatFiresDecides) {
  Injector injector(calm_world());
  Rule once = rule("a");
  once.nth = 2;
  injector.add(once);
  injector.add(rule("b"));
  injector.add(rule("c"));
  EXPECT_EQ(fired(injector, 3), "bab");
}

TEST(Injector, AddingARuleShiftsNoOther) {
  Rule second = rule("b");
  second.every = 2;
  second.count = 2;
  Injector alone(calm_world());
  alone.add(second);
  EXPECT_EQ(fired(alone, 6), "-b-b--");

  Injector together(calm_world());
  Rule first = rule("a");
  first.nth = 2;
  together.add(first);
  together.add(second);
  EXPECT_EQ(fired(together, 6), "-a-b--");
}

TEST(Injector, RemovingByIdLeavesTheOthersAndTheirCounts) {
  Injector injector(calm_world());
  injector.add(rule("a"));
  Rule third = rule("b");
  third.nth = 3;
  injector.add(third);
  EXPECT_EQ(fired(injector, 2), "aa");
  EXPECT_TRUE(injector.remove("a"));
  EXPECT_FALSE(injector.remove("a"));
  EXPECT_EQ(fired(injector, 2), "b-");
}

TEST(Injector, ClearRemovesEveryRule) {
  Injector injector(calm_world());
  injector.add(rule("a"));
  injector.add(rule("b"));
  injector.clear();
  EXPECT_EQ(fired(injector, 2), "--");
  EXPECT_TRUE(injector.rules().empty());
}

TEST(Injector, TellsHowOftenEachRuleMatchedAndFired) {
  Injector injector(calm_world());
  Rule second = rule("a");
  second.every = 2;
  injector.add(second);
  fired(injector, 5);
  ASSERT_EQ(injector.rules().size(), 1U);
  EXPECT_EQ(injector.rules()[0].matched, 5);
  EXPECT_EQ(injector.rules()[0].fired, 2);
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
