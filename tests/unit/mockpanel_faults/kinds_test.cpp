#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mockpanel/faults/injector.h"
#include "mockpanel/faults/reason_phrase.h"
#include "mockpanel/faults/rule_json.h"

namespace vfstock::mockpanel::faults {
namespace {

using namespace std::chrono_literals;

const std::string right_body = R"({"data":{"id":7,"name":"a, b","tags":[1,2,3],"enabled":true}})";

api::Response right(std::string body = right_body) {
  return {200, {{"Content-Type", "application/json"}, {"X-Panel", "yes"}}, std::move(body)};
}

Delivery meets(const Rule& rule, api::Response answer = right()) {
  return Injector::apply(&rule, std::move(answer));
}

Rule of_kind(const Kind& kind) {
  Rule rule;
  rule.kind = &kind;
  return rule;
}

std::string type_of(const Delivery& delivery) {
  return std::string(api::field(delivery.response.headers, "content-type").value_or(""));
}

/// Bodies as the panel writes them, and the odd ones.
std::vector<std::string> bodies() {
  return {right_body,       "[]",          "{}", "", "401 Unauthorized", "[1]", "{\"a\":1}", "12",
          "[[]]\n\n\n\n\n", R"({"a":"}"})"};
}

TEST(Kinds, NoRuleLeavesTheRightAnswerAlone) {
  const Delivery delivery = Injector::apply(nullptr, right());
  EXPECT_EQ(delivery.end, End::whole);
  EXPECT_EQ(delivery.delay, 0ms);
  EXPECT_EQ(delivery.response.status, 200);
  EXPECT_EQ(delivery.response.body, right_body);
  EXPECT_EQ(api::field(delivery.response.headers, "x-panel"), "yes");
}

TEST(Kinds, EveryKindHasANameThatIsReadBack) {
  for (const std::string_view each : kind_names()) {
    EXPECT_EQ(Kind::named(each).name, each);
  }
  EXPECT_EQ(Kind::find("Status"), nullptr);
  EXPECT_THROW(Kind::named("Status"), std::out_of_range);
}

TEST(Kinds, EveryKindSaysWhatAClientMeetsAndHowToTryIt) {
  for (const Kind* const kind : Kind::all()) {
    EXPECT_TRUE(kind->sentence.ends_with('.')) << kind->name;
    const nlohmann::ordered_json rule = nlohmann::ordered_json::parse(fmt::format(
        R"({{"kind": "{}"{}{}}})", kind->name, kind->example.empty() ? "" : ", ", kind->example));
    EXPECT_EQ(rule_from_json(rule).kind, kind) << kind->name;
    // What it heeds is what the example shows, or more.
    for (const auto& [member, value] : rule.items()) {
      const bool common = member == "kind" || member == "delay";
      EXPECT_TRUE(common || kind->parameters.find(member) != std::string_view::npos) << member;
    }
    EXPECT_EQ(kind->parameters.empty(), kind->example.empty() || kind->name == "latency");
  }
}

TEST(Kinds, EveryKindDoesSomething) {
  for (const Kind* const kind : Kind::all()) {
    const bool acts = kind->spoil != nullptr || kind->answer != nullptr;
    EXPECT_TRUE(acts || kind->name == "latency") << kind->name;
    EXPECT_TRUE(kind->arrives() || !kind->carried_out) << kind->name;
  }
}

TEST(Kinds, AStatusFaultInJsonSaysItsPhrase) {
  Rule rule = of_kind(Kind::named("status"));
  rule.status = 503;
  const Delivery delivery = meets(rule);
  EXPECT_EQ(delivery.response.status, 503);
  EXPECT_EQ(type_of(delivery), "application/json");
  EXPECT_EQ(delivery.response.body, R"({"message":"Service Unavailable"})");
  EXPECT_EQ(delivery.end, End::whole);
  EXPECT_FALSE(api::field(delivery.response.headers, "x-panel").has_value());
}

TEST(Kinds, AStatusFaultInHtmlIsAProxysPage) {
  Rule rule = of_kind(Kind::named("status"));
  rule.status = 502;
  rule.body = BodyShape::html;
  const Delivery delivery = meets(rule);
  EXPECT_EQ(type_of(delivery), "text/html");
  EXPECT_NE(delivery.response.body.find("<h1>502 Bad Gateway</h1>"), std::string::npos);
}

TEST(Kinds, AStatusFaultMayHaveNoBody) {
  Rule rule = of_kind(Kind::named("status"));
  rule.status = 401;
  rule.body = BodyShape::empty;
  const Delivery delivery = meets(rule);
  EXPECT_EQ(delivery.response.status, 401);
  EXPECT_TRUE(delivery.response.body.empty());
  EXPECT_EQ(type_of(delivery).find("json"), std::string::npos);
}

TEST(Kinds, AStatusThatForbidsABodyHasNone) {
  Rule rule = of_kind(Kind::named("status"));
  rule.status = 204;
  EXPECT_TRUE(meets(rule).response.body.empty());
}

TEST(Kinds, AddedHeadersReplaceThoseOfTheSameName) {
  Rule rule = of_kind(Kind::named("status"));
  rule.headers = {{"Retry-After", "5"}, {"content-type", "text/plain"}};
  const Delivery delivery = meets(rule);
  EXPECT_EQ(api::field(delivery.response.headers, "Retry-After"), "5");
  EXPECT_EQ(type_of(delivery), "text/plain");
  EXPECT_EQ(delivery.response.headers.size(), 2U);
}

TEST(Kinds, HeadersCanBeAddedToTheRightAnswer) {
  Rule rule = of_kind(Kind::named("latency"));
  rule.headers = {{"X-Slow", "yes"}};
  EXPECT_EQ(api::field(meets(rule).response.headers, "X-Slow"), "yes");
}

TEST(Kinds, MalformedJsonIsA200ThatNoReaderAccepts) {
  for (const std::string& body : bodies()) {
    const Delivery delivery = meets(of_kind(Kind::named("malformed-json")), right(body));
    EXPECT_EQ(delivery.response.status, 200);
    EXPECT_EQ(type_of(delivery), "application/json");
    EXPECT_FALSE(delivery.response.body.empty());
    EXPECT_FALSE(nlohmann::json::accept(delivery.response.body)) << delivery.response.body;
    EXPECT_EQ(delivery.end, End::whole);
  }
}

TEST(Kinds, MalformedJsonLooksLikeTheRightAnswerUpToItsTail) {
  const Delivery delivery = meets(of_kind(Kind::named("malformed-json")));
  EXPECT_TRUE(delivery.response.body.starts_with(right_body.substr(0, right_body.size() - 1)));
}

TEST(Kinds, TruncatedJsonIsAWholeAnswerWithHalfTheText) {
  const Delivery delivery = meets(of_kind(Kind::named("truncated-json")));
  EXPECT_EQ(delivery.response.body, right_body.substr(0, right_body.size() / 2));
  EXPECT_EQ(delivery.end, End::whole);
  EXPECT_EQ(delivery.response.status, 200);
}

TEST(Kinds, TruncatedJsonIsNeverJson) {
  for (const std::string& body : bodies()) {
    const Delivery delivery = meets(of_kind(Kind::named("truncated-json")), right(body));
    EXPECT_FALSE(nlohmann::json::accept(delivery.response.body)) << delivery.response.body;
    EXPECT_FALSE(delivery.response.body.empty());
  }
}

TEST(Kinds, ACutLeavesTheAnswerWholeAndEndsItHalfWay) {
  const Delivery delivery = meets(of_kind(Kind::named("cut")));
  EXPECT_EQ(delivery.end, End::cut);
  EXPECT_EQ(delivery.response.body, right_body);
  EXPECT_EQ(delivery.cut_after, right_body.size() / 2);
}

TEST(Kinds, ACutAnswerAlwaysLacksAByte) {
  for (const std::string& body : bodies()) {
    const Delivery delivery = meets(of_kind(Kind::named("cut")), right(body));
    EXPECT_LT(delivery.cut_after, delivery.response.body.size());
  }
  const Delivery emptied = meets(of_kind(Kind::named("cut")), {204, {}, ""});
  EXPECT_EQ(emptied.response.status, 200);
}

TEST(Kinds, EndsWithoutAnAnswerCarryNoStatusLine) {
  const std::vector<std::pair<Kind, End>> ends{{Kind::named("no-answer"), End::no_answer},
                                               {Kind::named("reset"), End::reset},
                                               {Kind::named("refused"), End::refused}};
  for (const auto& [kind, end] : ends) {
    Rule rule = of_kind(kind);
    rule.headers = {{"Retry-After", "5"}};
    const Delivery delivery = meets(rule);
    EXPECT_EQ(delivery.end, end);
    EXPECT_EQ(delivery.response.status, 0);
    EXPECT_TRUE(delivery.response.body.empty());
    EXPECT_TRUE(delivery.response.headers.empty());
  }
}

TEST(Kinds, LatencyIsTheRightAnswerLate) {
  Rule rule = of_kind(Kind::named("latency"));
  rule.delay = 3s;
  const Delivery delivery = meets(rule);
  EXPECT_EQ(delivery.delay, 3s);
  EXPECT_EQ(delivery.response.body, right_body);
  EXPECT_EQ(delivery.end, End::whole);
}

TEST(Kinds, AnyKindCanBeLate) {
  Rule rule = of_kind(Kind::named("reset"));
  rule.delay = 3s;
  EXPECT_EQ(meets(rule).delay, 3s);
}

TEST(ReasonPhrase, KnowsTheUsualAndNamesTheRestUnknown) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(429), "Too Many Requests");
  EXPECT_EQ(reason_phrase(527), "Railgun Error");
  EXPECT_EQ(reason_phrase(299), "Unknown");
  EXPECT_EQ(reason_phrase(599), "Unknown");
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
