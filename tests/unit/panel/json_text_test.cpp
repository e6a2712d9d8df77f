#include "engine/panel/json_text.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/panel/unreadable.h"
#include "tests/oracle/plain_json.h"

namespace vfstock::panel {
namespace {

struct Refusal {
  Reason reason{};
  std::string text;
};

Refusal refusal_of(std::string_view text, int nesting = 64) {
  try {
    const auto document = parse_json(text, nesting);
    ADD_FAILURE() << "accepted " << oracle::as_json(document.top());
  } catch (const Unreadable& unreadable) {
    return {unreadable.reason(), unreadable.what()};
  }
  return {};
}

TEST(JsonText, ReadsADocument) {
  const auto document = parse_json(R"( {"a":[1,-2,true,null,"x"]} )", 64);
  EXPECT_EQ(oracle::as_json(document.top()).dump(), R"({"a":[1,-2,true,null,"x"]})");
}

TEST(JsonText, RefusesWhatIsNotOneDocument) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1,2",
                           "{}{}",
                           "[] x",
                           "nope",
                           "{'a':1}",
                           "[1,]",
                           "NaN",
                           "[NaN]",
                           "// c\n1",
                           "\"\xff\"",
                           "[\"a\xc3\"]",
                           "01",
                           "{\"a\":1,}",
                           "12\x01",
                           "[1\x0b]",
                           "true\x1f",
                           "[null\f]",
                           "\x01"
                           "1"}) {
    EXPECT_EQ(refusal_of(text).reason, Reason::not_json) << text;
  }
}

TEST(JsonText, ReadsADocumentThatIsOneScalar) {
  for (const char* text : {"0", " -7 ", "\"x\"", "true", "null"}) {
    const auto document = parse_json(text, 64);
    EXPECT_EQ(oracle::as_json(document.top()), nlohmann::json::parse(text));
  }
}

TEST(JsonText, IsNotFooledByWhatClosesTheDocumentEarly) {
  for (const char* text : {"]", "1,2", "1] [2", "{}]", "],[", "[]]", "1]"}) {
    EXPECT_EQ(refusal_of(text).reason, Reason::not_json) << text;
  }
}

TEST(JsonText, RefusesHalfASurrogatePair) {
  for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ude00\ud83d")", R"({"\udfff":1})"}) {
    EXPECT_EQ(refusal_of(text).reason, Reason::not_json) << text;
  }
  const auto document = parse_json(R"("\ud83d\ude00\ud7ff")", 64);
  EXPECT_EQ(document.top().text, "\xF0\x9F\x98\x80\xED\x9F\xBF");
}

TEST(JsonText, FindsAKeyTwiceInLargeObjectsToo) {
  std::string members;
  for (int i = 0; i < 200; ++i) members += "\"" + std::to_string(i) + "\":0,";
  EXPECT_NO_THROW((void)parse_json("{" + members + "\"last\":0}", 64));
  EXPECT_EQ(refusal_of("{" + members + "\"77\":0}").text, "at /77: the key appears twice");
}

TEST(JsonText, RefusesAByteOrderMark) {
  const Refusal refusal = refusal_of("\xEF\xBB\xBF{}");
  EXPECT_EQ(refusal.reason, Reason::not_json);
  EXPECT_EQ(refusal.text, "begins with a byte order mark");
}

TEST(JsonText, RefusesNulEvenAfterTheDocument) {
  EXPECT_EQ(refusal_of(std::string_view("{}\0", 3)).text, "a NUL byte at byte 2");
}

TEST(JsonText, SaysWhereTheSyntaxBreaks) {
  EXPECT_EQ(refusal_of("{\n\"a\": x}").text, "no valid JSON at line 2, byte 8");
}

TEST(JsonText, NeverQuotesTheBody) {
  const Refusal refusal = refusal_of(R"({"token": "s3cret" oops})");
  EXPECT_EQ(refusal.text.find("s3cret"), std::string::npos);
  EXPECT_EQ(refusal.text.find("oops"), std::string::npos);
}

TEST(JsonText, RefusesAKeyThatAppearsTwiceAndPointsAtIt) {
  const Refusal refusal = refusal_of(R"({"data":[{"b":1},{"a/b":1,"x":{"m":1,"\u006d":2}}]})");
  EXPECT_EQ(refusal.reason, Reason::malformed);
  EXPECT_EQ(refusal.text, "at /data/1/x/m: the key appears twice");
}

TEST(JsonText, AllowsTheSameKeyInDifferentObjects) {
  EXPECT_NO_THROW((void)parse_json(R"([{"a":1},{"a":2},{"b":{"a":3},"a":4}])", 64));
}

TEST(JsonText, AllowsNestingUpToTheCapAndNotBeyond) {
  EXPECT_NO_THROW((void)parse_json("[[[]]]", 3));
  EXPECT_EQ(refusal_of("[[[[]]]]", 3).reason, Reason::too_large);
  EXPECT_EQ(refusal_of(R"([[{"a":{}}]])", 3).reason, Reason::too_large);
}

TEST(JsonText, StopsAtTheCapHoweverManyBracketsFollow) {
  const std::string brackets(std::size_t{32} * 1024 * 1024, '[');
  EXPECT_EQ(refusal_of(brackets).text, "nested deeper than 64 levels");
}

TEST(JsonText, RefusesMoreValuesThanAnyPanelSends) {
  std::string many = "[";
  for (std::size_t i = 0; i < json_values_max; ++i) many += "0,";
  EXPECT_EQ(refusal_of(many).reason, Reason::too_large);
}

TEST(JsonText, RefusesNumbersThatDoNotFit) {
  const Refusal refusal = refusal_of("[1e400]");
  EXPECT_EQ(refusal.reason, Reason::malformed);
  EXPECT_EQ(refusal.text, "a number that does not fit at line 1, byte 6");
}

TEST(JsonText, RefusesExponentsThatNobodyWrites) {
  EXPECT_NO_THROW((void)parse_json("[1e-9999999999999999999,0e0000000000000000007]", 64));
  for (const char* text : {"[1e-99999999999999999999]", "[5E00000000000000000000]",
                           "[5e+00000000000000000001]", "[1e99999999999999999999]"}) {
    EXPECT_EQ(refusal_of(text).reason, Reason::malformed) << text;
  }
}

TEST(JsonText, KeepsWholeNumbersExactlyHoweverTheyAreWritten) {
  const auto document = parse_json("[5.0,50e-1,0.5e1,-3.00,9007199254740992.0]", 64);
  EXPECT_EQ(oracle::as_json(document.top()).dump(), "[5,5,5,-3,9007199254740992]");
}

TEST(JsonText, DoesNotRoundAFractionIntoAWholeNumber) {
  // As binary floating point both would be whole.
  const auto document = parse_json("[4096.00000000000000001,9007199254740993.0]", 64);
  const JsonValue* number = &document.top() + 1;
  EXPECT_EQ(number[0].kind, JsonKind::fraction);
  EXPECT_EQ(number[1].kind, JsonKind::fraction);
}

}  // namespace
}  // namespace vfstock::panel
