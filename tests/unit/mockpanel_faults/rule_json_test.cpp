#include "mockpanel/faults/rule_json.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::faults {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

Rule read(const std::string& text, model::Time now = 0ms) {
  return rule_from_json(Json::parse(text), "/timeline/3/fail", now);
}

/// What the reader says about a rule that it must refuse.
std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const RuleError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RuleJson, OnlyTheKindIsNeeded) {
  const Rule rule = read(R"({"kind": "no-answer"})");
  EXPECT_EQ(rule.kind, &Kind::named("no-answer"));
  EXPECT_TRUE(rule.id.empty());
  EXPECT_FALSE(rule.method || rule.path || rule.page || rule.nth || rule.every || rule.count);
  EXPECT_FALSE(rule.from || rule.until);
  EXPECT_EQ(rule.delay, 0ms);
}

TEST(RuleJson, EveryFieldIsRead) {
  const Rule rule = read(R"({"id": "x", "kind": "status", "method": "GET", "path": "/packages/*",
    "page": 2, "nth": 3, "every": 4, "count": 5, "from": "90s", "until": "5m", "status": 503,
    "body": "html", "headers": {"Retry-After": "5", "X-A": ""}, "delay": "2s"})");
  EXPECT_EQ(rule.id, "x");
  EXPECT_EQ(rule.kind, &Kind::named("status"));
  EXPECT_EQ(rule.method, "GET");
  EXPECT_EQ(rule.path, "/packages/*");
  EXPECT_EQ(rule.page, 2);
  EXPECT_EQ(rule.nth, 3);
  EXPECT_EQ(rule.every, 4);
  EXPECT_EQ(rule.count, 5);
  EXPECT_EQ(rule.from, model::Time(90s));
  EXPECT_EQ(rule.until, model::Time(5min));
  EXPECT_EQ(rule.status, 503);
  EXPECT_EQ(rule.body, BodyShape::html);
  ASSERT_EQ(rule.headers.size(), 2U);
  EXPECT_EQ(rule.headers[0], std::make_pair(std::string("Retry-After"), std::string("5")));
  EXPECT_EQ(rule.delay, 2s);
}

TEST(RuleJson, ChanceStateAndPlaceAreRead) {
  const Rule rule = read(R"({"kind": "field-null", "probability": 0.25, "seed": 42, "value": -3,
    "while": {"record": "hypervisor", "id": 3, "is": "gone"}, "field": "/data/memory"})");
  EXPECT_EQ(rule.probability, 0.25);
  EXPECT_EQ(rule.seed, 42);
  EXPECT_EQ(rule.value, -3);
  EXPECT_EQ(rule.field, "/data/memory");
  EXPECT_EQ(rule.while_, (RecordState{RecordState::Record::hypervisor, 3, RecordState::Is::gone}));
}

TEST(RuleJson, ChanceStateAndPlaceThatCannotBeAreRefused) {
  EXPECT_EQ(refusal(R"({"kind": "reset", "probability": 1.5})"),
            "/timeline/3/fail/probability: expected a number from 0 to 1");
  EXPECT_NE(refusal(R"({"kind": "reset", "seed": -1})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "field": "memory"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "while": {"record": "package", "id": 7}})"), "accepted");
  EXPECT_EQ(refusal(R"({"kind": "reset", "while": {"record": "package", "id": 7, "is": "full"}})"),
            "/timeline/3/fail/while/is: expected one of there, gone, enabled, disabled");
}

TEST(RuleJson, TimesCountFromNow) {
  const Rule rule = read(R"({"kind": "reset", "from": "10s", "for": "1m"})", 1h);
  EXPECT_EQ(rule.from, model::Time(1h + 10s));
  EXPECT_EQ(rule.until, model::Time(1h + 1min));
}

TEST(RuleJson, AnUnknownFieldIsRefusedWithItsPlace) {
  EXPECT_EQ(
      refusal(R"({"kind": "reset", "cuont": 1})").find("/timeline/3/fail/cuont: expected one"), 0U);
  EXPECT_EQ(refusal(R"({"kind": "reset", "a/b~": 1})").find("/timeline/3/fail/a~1b~0: "), 0U);
}

TEST(RuleJson, AValueOfAnotherTypeOrRangeIsRefusedWithWhatWasExpected) {
  EXPECT_EQ(refusal(R"({"kind": "reset", "nth": 0})"),
            "/timeline/3/fail/nth: expected a whole number from 1 to 2147483647");
  EXPECT_NE(refusal(R"({"kind": "reset", "nth": "1"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "nth": 1.5})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "every": -1})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "count": 18446744073709551615})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "page": 0})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "id": ""})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "path": 7})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "method": "get"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "status": 199})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "status": 600})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "body": "xml"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "latency", "delay": 2})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "latency", "delay": "2 s"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "nonsense"})")
                .find("/timeline/3/fail/kind: expected one of cut, latency"),
            std::string::npos);
}

TEST(RuleJson, ARuleIsAnObjectWithAKind) {
  EXPECT_EQ(refusal("[]"), "/timeline/3/fail: expected an object that describes a fault");
  EXPECT_EQ(refusal("{}"), "/timeline/3/fail: expected a field \"kind\"");
  EXPECT_THROW(rule_from_json(Json(7)), RuleError);
}

TEST(RuleJson, AWindowMustEndAfterItBegins) {
  EXPECT_NE(refusal(R"({"kind": "reset", "from": "2m", "until": "2m"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "for": "0s"})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "reset", "for": "1m", "until": "2m"})"), "accepted");
}

TEST(RuleJson, AHeaderCannotBreakOutOfItsLineOrFrameTheAnswer) {
  EXPECT_NE(refusal(R"({"kind": "status", "headers": {"A": "b\r\nC: d"}})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "headers": {"A:": "b"}})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "headers": {"": "b"}})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "headers": {"content-length": "5"}})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "headers": {"A": 5}})"), "accepted");
  EXPECT_NE(refusal(R"({"kind": "status", "headers": ["A"]})"), "accepted");
}

TEST(RuleJson, WhatIsWrittenIsReadBack) {
  const Json written = Json::parse(R"({"id": "x", "kind": "status", "method": "PUT", "path": "/a",
    "page": 2, "nth": 3, "every": 4, "count": 5, "from": "90s", "until": "5m", "status": 503,
    "body": "empty", "headers": {"Retry-After": "5"}, "delay": "1500ms"})");
  EXPECT_EQ(rule_to_json(rule_from_json(written)).dump(), written.dump());
  const Json chance = Json::parse(R"({"kind": "field-null",
    "while": {"record": "server", "id": 9, "is": "there"}, "probability": 0.5, "seed": 1,
    "field": "/data/memory", "value": 3})");
  EXPECT_EQ(rule_to_json(rule_from_json(chance)).dump(), chance.dump());
  const Json small = Json::parse(R"({"kind": "cut"})");
  EXPECT_EQ(rule_to_json(rule_from_json(small)).dump(), small.dump());
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
