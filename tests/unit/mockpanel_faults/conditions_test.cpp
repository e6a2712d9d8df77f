// When a fault meets a request: allowances, first requests, what a request carries; delays that
// vary; answers of one's own; records that come back.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mockpanel/faults/delay_law.h"
#include "mockpanel/faults/injector.h"
#include "mockpanel/faults/route_check.h"
#include "mockpanel/faults/rule_json.h"
#include "tests/unit/mockpanel_faults/faulty_panel.h"

namespace vfstock::mockpanel::faults {
namespace {

using namespace std::chrono_literals;
using RuleText = nlohmann::ordered_json;

Rule rule_of(const std::string& text) {
  Rule rule = rule_from_json(RuleText::parse(text));
  if (rule.id.empty()) rule.id = "r";
  return rule;
}

class Conditions : public testing::Test {
 protected:
  void arm(const std::string& text) { injector.add(rule_of(text)); }
  static api::Request asking(const std::string& target = "/packages/7",
                             const std::string& token = "a") {
    api::Request request = FaultyPanel::get(target);
    request.headers.emplace_back("Authorization", "Bearer " + token);
    std::erase(request.headers, std::pair<std::string, std::string>{"Authorization", "Bearer any"});
    return request;
  }
  bool fires(const api::Request& request, model::Time now = 0ms) {
    return injector.judge(request, now) != nullptr;
  }
  std::string pattern(int requests) {
    std::string seen;
    for (int i = 0; i < requests; ++i) seen += fires(asking()) ? 'x' : '.';
    return seen;
  }

  model::World world;
  Injector injector{world};
};

TEST_F(Conditions, AnAllowanceIsCountedPerTokenAndWindow) {
  arm(R"({"kind": "status", "status": 429, "over": {"requests": 2, "window": "10s"}})");
  EXPECT_FALSE(fires(asking(), 1s));
  EXPECT_FALSE(fires(asking(), 2s));
  EXPECT_TRUE(fires(asking(), 3s));
  EXPECT_FALSE(fires(asking("/packages/7", "b"), 3s));
  EXPECT_TRUE(fires(asking(), 10999ms));
  // The window began with the first request of this token.
  EXPECT_FALSE(fires(asking(), 11s));
}

TEST_F(Conditions, AnAllowanceMayBeOfAnAddressOrOfAllTogether) {
  arm(R"({"kind": "reset", "over": {"requests": 1, "window": "10s", "per": "address"}})");
  api::Request here = asking(), there = asking();
  here.address = "127.0.0.1";
  there.address = "127.0.0.2";
  EXPECT_FALSE(fires(here));
  EXPECT_FALSE(fires(there));
  EXPECT_TRUE(fires(here));
  injector.clear();
  arm(R"({"kind": "reset", "over": {"requests": 1, "window": "10s", "per": "all"}})");
  EXPECT_FALSE(fires(here));
  EXPECT_TRUE(fires(asking("/connect", "c")));
}

TEST_F(Conditions, BeyondAnAllowanceTheSecondsLeftAreSaid) {
  arm(R"({"kind": "status", "status": 429, "over": {"requests": 1, "window": "12s"}})");
  injector.judge(asking(), 0ms);
  const Rule* const rule = injector.judge(asking(), 3500ms);
  ASSERT_NE(rule, nullptr);
  const api::Response response = Injector::apply(rule, {}).response;
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.body, R"({"message":"Too Many Attempts."})");
  EXPECT_EQ(api::field(response.headers, "Retry-After"), "9");
  EXPECT_EQ(api::field(response.headers, "X-RateLimit-Limit"), "1");
  EXPECT_EQ(api::field(response.headers, "X-RateLimit-Remaining"), "0");
}

TEST_F(Conditions, AHeaderOfTheRuleStandsBeforeTheSecondsLeft) {
  arm(R"({"kind": "status", "status": 429, "over": {"requests": 0, "window": "12s"},
          "headers": {"Retry-After": "soon"}})");
  const api::Response response = Injector::apply(injector.judge(asking(), 0ms), {}).response;
  EXPECT_EQ(api::field(response.headers, "Retry-After"), "soon");
}

TEST_F(Conditions, TheFirstRequestsAreLetThrough) {
  arm(R"({"kind": "reset", "after": 2, "count": 2})");
  EXPECT_EQ(pattern(6), "..xx..");
}

TEST_F(Conditions, ARequestMustCarryWhatIsAskedFor) {
  arm(R"({"kind": "reset", "where": {"headers": {"user-agent": "curl/*"},
          "query": {"page": "2"}, "body": {"packageId": "7", "name": "V*"}}})");
  api::Request request = asking("/servers?page=2");
  request.headers.emplace_back("User-Agent", "curl/7.88");
  request.body = R"({"packageId": 7, "name": "VPS"})";
  EXPECT_TRUE(fires(request));
  request.body = "packageId=7&name=VPS";
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_TRUE(fires(request));
  request.body = "packageId=8&name=VPS";
  EXPECT_FALSE(fires(request));
  request.body = "packageId=7";
  EXPECT_FALSE(fires(request));
  request.body = "packageId=7&name=VPS";
  request.query[0].second = "3";
  EXPECT_FALSE(fires(request));
  request.query[0].second = "2";
  request.headers[2].second = "wget";
  EXPECT_FALSE(fires(request));
}

TEST_F(Conditions, SlashesAtTheEndOfAPathHideItFromNoRule) {
  arm(R"({"kind": "reset", "path": "/packages/*"})");
  EXPECT_TRUE(fires(asking("/packages/7/")));
}

TEST(OwnAnswers, AreSentAsTheyAre) {
  FaultyPanel panel;
  const Delivery json = panel.under(
      rule_of(R"({"kind": "status", "status": 200, "answer": {"a": ["/", 1]}})"), package);
  EXPECT_EQ(json.response.status, 200);
  EXPECT_EQ(json.response.body, R"({"a":["\/",1]})");
  EXPECT_EQ(api::field(json.response.headers, "Content-Type"), "application/json");
  const Delivery text =
      panel.under(rule_of(R"({"kind": "status", "status": 502, "answer": "<b>no</b>",
                  "headers": {"Content-Type": "text/html"}})"),
                  package);
  EXPECT_EQ(text.response.body, "<b>no</b>");
  EXPECT_EQ(api::field(text.response.headers, "Content-Type"), "text/html");
}

std::vector<double> delays(const char* law, int count) {
  const Rule rule = rule_of(std::string(R"({"kind": "latency", "seed": 4, "delay": )") + law + "}");
  std::vector<double> drawn_ms;
  for (int i = 1; i <= count; ++i) {
    drawn_ms.push_back(static_cast<double>(
        drawn(*rule.delay_law, rule.seed, rule.id, "GET /packages/7 1", i).count()));
  }
  std::sort(drawn_ms.begin(), drawn_ms.end());
  return drawn_ms;
}

TEST(Delays, OfARangeLieInIt) {
  const auto all = delays(R"({"from": "100ms", "to": "300ms"})", 4000);
  EXPECT_GE(all.front(), 100);
  EXPECT_LE(all.back(), 300);
  EXPECT_NEAR(all[2000], 200, 10);
  EXPECT_LT(all.front(), 102);
  EXPECT_GT(all.back(), 298);
}

TEST(Delays, OfALawFollowIt) {
  const auto exponential = delays(R"({"mean": "300ms"})", 4000);
  double sum = 0;
  for (const double each : exponential) sum += each;
  EXPECT_NEAR(sum / 4000, 300, 20);
  EXPECT_NEAR(exponential[2000], 300 * std::log(2.0), 20);
  const auto lognormal = delays(R"({"median": "200ms", "p99": "3s"})", 4000);
  EXPECT_NEAR(lognormal[2000], 200, 20);
  EXPECT_NEAR(lognormal[3960], 3000, 500);
}

TEST_F(Conditions, ADelayIsDrawnForEachRequestAndTheSameEveryTime) {
  const auto sequence = [&] {
    model::World calm;
    Injector fresh(calm);
    fresh.add(rule_of(R"({"kind": "latency", "delay": {"from": "0ms", "to": "1h"}})"));
    std::vector<std::chrono::milliseconds> seen;
    for (int i = 0; i < 5; ++i) {
      seen.push_back(Injector::apply(fresh.judge(asking(), 0ms), {}).delay);
    }
    return seen;
  };
  const auto first = sequence();
  EXPECT_EQ(sequence(), first);
  EXPECT_EQ(std::set<std::chrono::milliseconds>(first.begin(), first.end()).size(), 5U);
}

/// A rule that deletes package 7 and group 1 while it is in force.
class Deletions : public testing::Test {
 protected:
  void ask(const std::string& target, model::Time now) {
    const api::Request request = FaultyPanel::get(target);
    answer(injector.judge(request, now), request, {api, panel.world(), now, wall});
  }
  bool is_there() { return panel.world().packages.contains(7); }

  FaultyPanel panel;
  Injector injector{panel.world()};
  api::Api api{panel.world(), {}};
  std::string wall = "2026-01-01T00:00:00+00:00";
};

TEST_F(Deletions, EndWhenTheRuleIsRemoved) {
  injector.add(rule_of(R"({"id": "gone", "kind": "record-deleted"})"));
  ask("/packages/7", 0ms);
  ask("/compute/hypervisors/groups/1/resources", 0ms);
  ask("/compute/hypervisors/3", 0ms);
  EXPECT_FALSE(is_there());
  EXPECT_FALSE(panel.world().groups.contains(1));
  EXPECT_EQ(panel.world().hypervisors.size(), 6U);
  const std::uint64_t revision = panel.world().revision();
  EXPECT_TRUE(injector.remove("gone"));
  EXPECT_TRUE(is_there());
  EXPECT_TRUE(panel.world().groups.contains(1));
  EXPECT_EQ(panel.world().hypervisors.size(), 7U);
  EXPECT_GT(panel.world().revision(), revision);
}

TEST_F(Deletions, EndWithTheRulesWindow) {
  injector.add(rule_of(R"({"kind": "record-deleted", "until": "10s"})"));
  ask("/packages/7", 1s);
  EXPECT_FALSE(is_there());
  ask("/connect", 9s);
  EXPECT_FALSE(is_there());
  ask("/connect", 10s);
  EXPECT_TRUE(is_there());
}

TEST_F(Deletions, EndWhenAllRulesAreRemovedAndLastBeyondTheirCount) {
  injector.add(rule_of(R"({"kind": "record-deleted", "count": 1})"));
  ask("/packages/7", 0ms);
  ask("/connect", 1h);
  EXPECT_FALSE(is_there());
  injector.clear();
  EXPECT_TRUE(is_there());
}

TEST_F(Deletions, AServerComesBackWithWhatItHeld) {
  model::Server server;
  server.id = 5;
  server.hypervisor = 2;
  server.memory_mb = 512;
  panel.world().adopt(server);
  injector.add(rule_of(R"({"kind": "record-deleted"})"));
  ask("/servers/5", 0ms);
  EXPECT_EQ(panel.world().hypervisors[2].memory_mb.held, 0);
  injector.clear();
  EXPECT_TRUE(panel.world().servers.contains(5));
  EXPECT_EQ(panel.world().hypervisors[2].memory_mb.held, 512);
}

TEST(RouteCheck, APatternThatDescribesARouteIsFine) {
  for (const char* pattern :
       {"/packages/7", "/packages/*", "/packages", "**", "/*", "/compute/**", "/servers**",
        "/compute/hypervisors/groups/*/resources", "/*/*/groups/1", "/servers/*/power/boot",
        "**/resources", "/users/5/byExtRelation", "/p*s", "/servers/4/firewall/primary"}) {
    EXPECT_TRUE(can_match_a_route(pattern)) << pattern;
  }
}

TEST(RouteCheck, APatternThatCanDescribeNoneIsNotAndTheNearestIsNamed) {
  for (const auto& [pattern, nearest] :
       {std::pair<const char*, const char*>{"/package/7", "/packages/{id}"},
        {"/packages/7/", "/packages/{id}"},
        {"packages/*", "/packages/{id}"},
        {"/api/v1/packages", "/packages"},
        {"/compute/hypervisors/groups/*/resource", "/compute/hypervisors/groups/{id}/resources"},
        {"/server/*/build", "/servers/{id}/build"}}) {
    EXPECT_FALSE(can_match_a_route(pattern)) << pattern;
    EXPECT_EQ(nearest_route(pattern), nearest) << pattern;
  }
}

TEST(RouteCheck, ARuleThatWouldNeverFireIsRefusedWithARemedy) {
  try {
    refuse_unreachable(rule_of(R"({"kind": "reset", "path": "/package/*"})"), "/timeline/3/fail");
    FAIL() << "accepted";
  } catch (const RuleError& error) {
    EXPECT_STREQ(error.what(),
                 "/timeline/3/fail/path: the panel has no such route; the nearest is "
                 "/packages/{id}");
  }
  EXPECT_NO_THROW(refuse_unreachable(rule_of(R"({"kind": "reset"})")));
}

std::string refused(const std::string& text) {
  try {
    rule_of(text);
  } catch (const RuleError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RuleParts, WhatCannotBeIsRefusedWithItsPlace) {
  EXPECT_EQ(
      refused(R"({"kind": "reset", "over": {"requests": 2}})"),
      R"(/over: expected an object such as {"requests": 20, "window": "60s", "per": "token"})");
  EXPECT_EQ(refused(R"({"kind": "reset", "over": {"requests": 2, "window": "0s"}})"),
            "/over/window: expected a duration above 0");
  EXPECT_EQ(refused(R"({"kind": "reset", "over": {"requests": 2, "window": "1s", "per": "me"}})"),
            "/over/per: expected one of token, address, all");
  EXPECT_EQ(refused(R"({"kind": "reset", "where": {"cookies": {"a": "b"}}})"),
            "/where/cookies: expected one of headers, query, body");
  EXPECT_EQ(refused(R"({"kind": "reset", "where": {"query": {"a": 1}}})"),
            "/where/query/a: expected a text of 1 to 500 bytes");
  EXPECT_NE(refused(R"({"kind": "reset", "where": {}})"), "accepted");
  EXPECT_NE(refused(R"({"kind": "latency", "delay": {"from": "2s", "to": "1s"}})"), "accepted");
  EXPECT_NE(refused(R"({"kind": "latency", "delay": {"from": "2s"}})"), "accepted");
  EXPECT_NE(refused(R"({"kind": "latency", "delay": {"mean": "0s"}})"), "accepted");
  EXPECT_NE(refused(R"({"kind": "latency", "delay": {"median": "2s", "p99": "1s"}})"), "accepted");
  EXPECT_NE(refused(R"({"kind": "status", "answer": 5})"), "accepted");
}

TEST(RuleParts, AnIdIsANameAndNothingElse) {
  EXPECT_EQ(refused(R"({"id": "a b-1_x.y", "kind": "reset"})"), "accepted");
  for (const char* id : {"::error::x", "a\\nb", "\\u001b[31m", " a", "a:b", "ä", "<b>"}) {
    EXPECT_NE(refused(R"({"kind": "reset", "id": ")" + std::string(id) + "\"}"), "accepted") << id;
  }
}

TEST(RuleParts, WhatIsWrittenIsReadBack) {
  for (const char* text :
       {R"({"id":"r","kind":"status","where":{"headers":{"A":"b*"},"query":{"c":"d"},)"
        R"("body":{"e":"f"}},"after":3,"over":{"requests":2,"window":"10s","per":"address"},)"
        R"("status":429,"body":"json","answer":{"x":[1,"/"]},"delay":{"from":"1ms","to":"2s"}})",
        R"({"id":"r","kind":"status","status":500,"body":"json","answer":"plain",)"
        R"("delay":{"mean":"300ms"}})",
        R"({"id":"r","kind":"latency","delay":{"median":"200ms","p99":"3s"}})"}) {
    EXPECT_EQ(rule_to_json(rule_of(text)).dump(), text);
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
