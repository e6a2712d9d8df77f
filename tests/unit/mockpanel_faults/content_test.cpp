#include <gtest/gtest.h>

#include "tests/unit/mockpanel_faults/faulty_panel.h"

namespace vfstock::mockpanel::faults {
namespace {

using nlohmann::json;

/// What stands behind `"memory":` of package 7.
std::string memory_under(const Kind& kind) {
  FaultyPanel panel;
  const std::string body = panel.under(kind, package).response.body;
  const std::string key = R"("memory":)";
  const std::size_t at = body.find(key);
  if (at == std::string::npos) return "absent";
  const std::size_t begin = at + key.size();
  return body.substr(begin, body.find_first_of(",}", begin) - begin);
}

TEST(Content, ANumberIsWrittenInAnotherWay) {
  EXPECT_EQ(memory_under(Kind::named("latency")), "1024");
  EXPECT_EQ(memory_under(Kind::named("number-as-text")), R"("1024")");
  EXPECT_EQ(memory_under(Kind::named("number-as-float")), "1024.0");
  EXPECT_EQ(memory_under(Kind::named("number-with-exponent")), "1024e0");
  EXPECT_EQ(memory_under(Kind::named("number-with-fraction")), "1024.5");
  EXPECT_EQ(memory_under(Kind::named("number-too-large")), "1e400");
  EXPECT_EQ(memory_under(Kind::named("number-nan")), "NaN");
  EXPECT_EQ(memory_under(Kind::named("number-negative")), "-1");
  EXPECT_EQ(memory_under(Kind::named("number-beyond-2-53")), "9007199254740993");
  EXPECT_EQ(memory_under(Kind::named("number-beyond-2-63")), "9223372036854775808");
}

TEST(Content, AFieldIsNullMissingOrRenamed) {
  EXPECT_EQ(memory_under(Kind::named("field-null")), "null");
  EXPECT_EQ(memory_under(Kind::named("field-missing")), "absent");
  EXPECT_EQ(memory_under(Kind::named("field-renamed")), "absent");
  FaultyPanel panel;
  EXPECT_EQ(parsed(panel.under(Kind::named("field-renamed"), package))["data"]["memoryValue"],
            1024);
}

TEST(Content, AFieldComesTwiceWithTwoValues) {
  FaultyPanel panel;
  const std::string body = panel.under(Kind::named("field-twice"), package).response.body;
  const std::size_t first = body.find(R"("memory":1024)");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(body.find(R"("memory":0)", first), std::string::npos);
  EXPECT_FALSE(parsed(panel.under(Kind::named("field-twice"), package)).is_discarded());
}

TEST(Content, OfAGroupItIsWhatTheFirstHypervisorHasFree) {
  FaultyPanel panel;
  const json document = parsed(panel.under(Kind::named("field-null"), page(1)));
  EXPECT_TRUE(document["data"][0]["resources"]["memory"]["free"].is_null());
  EXPECT_EQ(document["data"][1]["resources"]["memory"]["free"], 7168);
}

TEST(Content, ARuleCanNameTheField) {
  FaultyPanel panel;
  Rule rule;
  rule.kind = &Kind::named("field-missing");
  rule.field = "/data/1/hypervisor/enabled";
  const json data = parsed(panel.under(rule, page(1)))["data"];
  EXPECT_TRUE(data[0]["hypervisor"].contains("enabled"));
  EXPECT_FALSE(data[1]["hypervisor"].contains("enabled"));
  rule.field = "/data/1";
  EXPECT_EQ(parsed(panel.under(rule, page(1)))["data"].size(), 2U);
  rule.field = "/data/nowhere";
  EXPECT_EQ(parsed(panel.under(rule, page(1))), parsed(panel.right(page(1))));
}

TEST(Content, TheRestOfTheAnswerStaysAsThePanelWritesIt) {
  FaultyPanel panel;
  std::string body = panel.under(Kind::named("number-as-float"), package).response.body;
  body.erase(body.find("1024.0") + 4, 2);
  EXPECT_EQ(body, panel.right(package).response.body);
}

TEST(Content, TheDocumentAsAWholeIsSpoiled) {
  FaultyPanel panel;
  const std::string right = panel.right(package).response.body;
  EXPECT_EQ(panel.under(Kind::named("two-documents"), package).response.body, right + right);
  EXPECT_EQ(panel.under(Kind::named("trailing-garbage"), package).response.body,
            right + "<!-- cached -->");
  EXPECT_EQ(panel.under(Kind::named("byte-order-mark"), package).response.body,
            "\xEF\xBB\xBF" + right);
  EXPECT_NE(panel.under(Kind::named("invalid-utf8"), package).response.body.find('\xC0'),
            std::string::npos);
  for (const char* const kind : {"two-documents", "trailing-garbage", "invalid-utf8"}) {
    EXPECT_TRUE(parsed(panel.under(Kind::named(kind), package)).is_discarded()) << kind;
  }
}

TEST(Content, NestingIsAsDeepAsItSays) {
  FaultyPanel panel;
  for (const std::string& target : {package, std::string("/connect")}) {
    const std::string body = panel.under(Kind::named("deep-nesting"), target).response.body;
    EXPECT_NE(body.find(std::string(100'000, '[') + std::string(100'000, ']')), std::string::npos);
  }
}

TEST(Content, AnotherPanelHasOtherIdsAndHalfTheRoom) {
  FaultyPanel panel;
  EXPECT_EQ(parsed(panel.under(Kind::named("another-panel"), package))["data"]["id"], 1'000'007);
  const json data = parsed(panel.under(Kind::named("another-panel"), page(1)))["data"];
  EXPECT_EQ(data[0]["hypervisor"]["id"], 1'000'001);
  EXPECT_EQ(data[0]["resources"]["memory"]["free"], 3584);
}

TEST(Content, AStaleAnswerTellsOfTheStateWhenTheRuleCame) {
  FaultyPanel panel;
  Injector injector(panel.world());
  Rule rule;
  rule.kind = &Kind::named("stale-answer");
  injector.add(rule);
  panel.world().packages[7].memory_mb = 4096;
  panel.world().touch();
  const api::Request request = FaultyPanel::get(package);
  EXPECT_EQ(parsed(panel.right(package))["data"]["memory"], 4096);
  api::Api api(panel.world(), {});
  const Delivery stale = answer(injector.judge(request, model::Time{0}), request,
                                {api, panel.world(), model::Time{0}, ""});
  EXPECT_EQ(parsed(stale)["data"]["memory"], 1024);
}

TEST(Content, WhatIsNoDocumentStaysAsItIs) {
  FaultyPanel panel;
  int looked_at = 0;
  for (const std::string_view each : kind_names()) {
    const Kind& kind = Kind::named(each);
    const bool in_the_document =
        kind.parameters == "field" || kind.layer == Layer::paging || kind.layer == Layer::state;
    if (!in_the_document) continue;
    ++looked_at;
    EXPECT_EQ(panel.under(kind, "/connect").response.body, "[]") << each;
  }
  EXPECT_GE(looked_at, 26);
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
