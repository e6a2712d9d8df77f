#include <gtest/gtest.h>

#include "tests/unit/mockpanel_faults/faulty_panel.h"

namespace vfstock::mockpanel::faults {
namespace {

using nlohmann::json;

/// What stands behind `"memory":` of package 7.
std::string memory_under(Kind kind) {
  FaultyPanel panel;
  const std::string body = panel.under(kind, package).response.body;
  const std::string key = R"("memory":)";
  const std::size_t at = body.find(key);
  if (at == std::string::npos) return "absent";
  const std::size_t begin = at + key.size();
  return body.substr(begin, body.find_first_of(",}", begin) - begin);
}

TEST(Content, ANumberIsWrittenInAnotherWay) {
  EXPECT_EQ(memory_under(Kind::latency), "1024");
  EXPECT_EQ(memory_under(Kind::number_as_text), R"("1024")");
  EXPECT_EQ(memory_under(Kind::number_as_float), "1024.0");
  EXPECT_EQ(memory_under(Kind::number_with_exponent), "1024e0");
  EXPECT_EQ(memory_under(Kind::number_with_fraction), "1024.5");
  EXPECT_EQ(memory_under(Kind::number_too_large), "1e400");
  EXPECT_EQ(memory_under(Kind::number_nan), "NaN");
  EXPECT_EQ(memory_under(Kind::number_negative), "-1");
  EXPECT_EQ(memory_under(Kind::number_beyond_2_53), "9007199254740993");
  EXPECT_EQ(memory_under(Kind::number_beyond_2_63), "9223372036854775808");
}

TEST(Content, AFieldIsNullMissingOrRenamed) {
  EXPECT_EQ(memory_under(Kind::field_null), "null");
  EXPECT_EQ(memory_under(Kind::field_missing), "absent");
  EXPECT_EQ(memory_under(Kind::field_renamed), "absent");
  FaultyPanel panel;
  EXPECT_EQ(parsed(panel.under(Kind::field_renamed, package))["data"]["memoryValue"], 1024);
}

TEST(Content, AFieldComesTwiceWithTwoValues) {
  FaultyPanel panel;
  const std::string body = panel.under(Kind::field_twice, package).response.body;
  const std::size_t first = body.find(R"("memory":1024)");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(body.find(R"("memory":0)", first), std::string::npos);
  EXPECT_FALSE(parsed(panel.under(Kind::field_twice, package)).is_discarded());
}

TEST(Content, OfAGroupItIsWhatTheFirstHypervisorHasFree) {
  FaultyPanel panel;
  const json document = parsed(panel.under(Kind::field_null, page(1)));
  EXPECT_TRUE(document["data"][0]["resources"]["memory"]["free"].is_null());
  EXPECT_EQ(document["data"][1]["resources"]["memory"]["free"], 7168);
}

TEST(Content, ARuleCanNameTheField) {
  FaultyPanel panel;
  Rule rule;
  rule.kind = Kind::field_missing;
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
  std::string body = panel.under(Kind::number_as_float, package).response.body;
  body.erase(body.find("1024.0") + 4, 2);
  EXPECT_EQ(body, panel.right(package).response.body);
}

TEST(Content, TheDocumentAsAWholeIsSpoiled) {
  FaultyPanel panel;
  const std::string right = panel.right(package).response.body;
  EXPECT_EQ(panel.under(Kind::two_documents, package).response.body, right + right);
  EXPECT_EQ(panel.under(Kind::trailing_garbage, package).response.body, right + "<!-- cached -->");
  EXPECT_EQ(panel.under(Kind::byte_order_mark, package).response.body, "\xEF\xBB\xBF" + right);
  EXPECT_NE(panel.under(Kind::invalid_utf8, package).response.body.find('\xC0'), std::string::npos);
  for (const Kind kind : {Kind::two_documents, Kind::trailing_garbage, Kind::invalid_utf8}) {
    EXPECT_TRUE(parsed(panel.under(kind, package)).is_discarded()) << name(kind);
  }
}

TEST(Content, NestingIsAsDeepAsItSays) {
  FaultyPanel panel;
  for (const std::string& target : {package, std::string("/connect")}) {
    const std::string body = panel.under(Kind::deep_nesting, target).response.body;
    EXPECT_NE(body.find(std::string(100'000, '[') + std::string(100'000, ']')), std::string::npos);
  }
}

TEST(Content, AnotherPanelHasOtherIdsAndHalfTheRoom) {
  FaultyPanel panel;
  EXPECT_EQ(parsed(panel.under(Kind::another_panel, package))["data"]["id"], 1'000'007);
  const json data = parsed(panel.under(Kind::another_panel, page(1)))["data"];
  EXPECT_EQ(data[0]["hypervisor"]["id"], 1'000'001);
  EXPECT_EQ(data[0]["resources"]["memory"]["free"], 3584);
}

TEST(Content, AStaleAnswerTellsOfTheStateWhenTheRuleCame) {
  FaultyPanel panel;
  Injector injector(panel.world());
  Rule rule;
  rule.kind = Kind::stale_answer;
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
  for (const std::string_view each : kind_names()) {
    const Kind kind = *kind_named(each);
    const bool in_a_field = kind >= Kind::number_as_text && kind <= Kind::field_twice;
    if (!in_a_field && layer(kind) != Layer::paging && layer(kind) != Layer::state) continue;
    EXPECT_EQ(panel.under(kind, "/connect").response.body, "[]") << each;
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
