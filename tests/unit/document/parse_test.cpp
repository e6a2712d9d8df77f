#include <string>

#include <gmock/gmock.h>

#include "sim/document/document.h"
#include "tests/unit/document/refusal.h"

namespace vfstock::sim::document::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t time = 0; time < times; ++time) all += text;
  return all;
}

TEST(Parse, ReadsEveryKindOfValueInTheOrderOfTheFile) {
  const Json json = parse(R"({"b": [1, -2, 2.5, true, null], "a": "é\n"})", "f.json");
  EXPECT_EQ(json.dump(), R"({"b":[1,-2,2.5,true,null],"a":"é\n"})");
}

TEST(Parse, ReadsScalarDocuments) {
  EXPECT_EQ(parse("7", "f.json"), Json(7));
  EXPECT_EQ(parse(" null ", "f.json"), Json(nullptr));
}

TEST(Parse, AllowsCommentsOfBothKinds) {
  EXPECT_EQ(parse("// why\n{/* because */ \"a\": 1 // so\n}\n", "f.json").dump(), R"({"a":1})");
}

TEST(Parse, NamesLineAndColumnOfWhatIsNotJson) {
  EXPECT_THAT(parse_refusal("{\n  \"a\": 1,\n  b: 2\n}"), StartsWith("f.json:3:3: "));
  EXPECT_THAT(parse_refusal("["), StartsWith("f.json:1:2: "));
  EXPECT_THAT(parse_refusal(""), StartsWith("f.json:1:1: "));
}

TEST(Parse, SaysWhatItExpectedWithoutQuotingTheFile) {
  EXPECT_EQ(parse_refusal("{\"a\" 1}"),
            "f.json:1:6: syntax error while parsing object separator - unexpected number literal; "
            "expected ':'");
  const std::string secret = repeated("s3cret", 1000);
  EXPECT_EQ(parse_refusal("[\"" + secret + "\x01\"]").find("s3cret"), std::string::npos);
}

TEST(Parse, RefusesTextAfterTheDocument) {
  EXPECT_THAT(parse_refusal("{} {}"), StartsWith("f.json:1:4: "));
}

TEST(Parse, RefusesTrailingCommasAndSingleQuotes) {
  EXPECT_NE(parse_refusal("[1,]"), "accepted");
  EXPECT_NE(parse_refusal("{'a': 1}"), "accepted");
}

TEST(Parse, RefusesAnUnclosedComment) { EXPECT_NE(parse_refusal("{} /* open"), "accepted"); }

TEST(Parse, RefusesAByteOrderMark) {
  EXPECT_THAT(parse_refusal("\xEF\xBB\xBF{}"), HasSubstr("byte order mark"));
}

TEST(Parse, RefusesANulByteWhereverItStands) {
  using namespace std::string_view_literals;
  EXPECT_THAT(parse_refusal("{}\0garbage"sv), StartsWith("f.json:1:3: a NUL byte"));
  EXPECT_THAT(parse_refusal("\0"sv), HasSubstr("NUL"));
  EXPECT_THAT(parse_refusal("[\"a\0b\"]"sv), HasSubstr("NUL"));
}

TEST(Parse, RefusesBytesThatAreNotUtf8InTextAndInComments) {
  EXPECT_THAT(parse_refusal("[\n\"a\xFF\"]"), StartsWith("f.json:2:3: "));
  EXPECT_EQ(parse_refusal("// \xC0\xAF\n[]"), "f.json:1:4: bytes that are not UTF-8");
}

TEST(Parse, RefusesHalfASurrogatePair) {
  EXPECT_NE(parse_refusal(R"(["\ud800"])"), "accepted");
  EXPECT_EQ(parse(R"(["\ud83d\ude00"])", "f.json").dump(), "[\"\xF0\x9F\x98\x80\"]");
}

TEST(Parse, NamesAKeyThatIsGivenTwice) {
  EXPECT_EQ(parse_refusal(R"({"a": [1, {"b/c": 1, "b/c": 1}]})"),
            "f.json: /a/1/b~1c: this key is given twice; remove one of them");
}

TEST(Parse, AllowsTheSameKeyInDifferentObjects) {
  EXPECT_EQ(parse_refusal(R"([{"a": {"a": 1}}, {"a": 2}])"), "accepted");
}

TEST(Parse, SeesThroughEscapesWhenComparingKeys) {
  EXPECT_THAT(parse_refusal(R"({"a": 1, "\u0061": 2})"), HasSubstr("given twice"));
}

TEST(Parse, AcceptsNestingUpToTheLimitAndRefusesOneMore) {
  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  EXPECT_EQ(parse_refusal(nested(nesting_max)), "accepted");
  EXPECT_THAT(parse_refusal(nested(nesting_max + 1)), HasSubstr("nested deeper than 64"));
  EXPECT_THAT(parse_refusal(repeated("{\"a\":", nesting_max + 1)), HasSubstr("nested deeper"));
}

TEST(Parse, StopsAtTheNestingLimitHoweverMuchFollows) {
  std::string brackets;
  brackets.resize(100'000'000, '[');
  EXPECT_THAT(parse_refusal(brackets), HasSubstr("nested deeper than 64"));
}

TEST(Parse, KeepsWholeNumbersOfSixtyFourBitsExactly) {
  EXPECT_EQ(parse("[9223372036854775807, -9223372036854775808]", "f.json").dump(),
            "[9223372036854775807,-9223372036854775808]");
}

TEST(Parse, RefusesWholeNumbersBeyondSixtyFourBits) {
  EXPECT_THAT(parse_refusal("{\"a\": 9223372036854775808}"), StartsWith("f.json: /a: the whole"));
  EXPECT_THAT(parse_refusal("[0, 18446744073709551616]"), StartsWith("f.json: /1: a whole"));
  EXPECT_THAT(parse_refusal("-9223372036854775809"), StartsWith("f.json: the document: "));
}

TEST(Parse, RefusesNumbersBeyondADouble) {
  EXPECT_EQ(parse_refusal("[1e400]"),
            "f.json:1:6: a number is too large; 1.7e308 is about the most");
  EXPECT_NE(parse_refusal("[NaN]"), "accepted");
  EXPECT_NE(parse_refusal("[Infinity]"), "accepted");
}

TEST(Parse, WritesControlCharactersOfKeysSoThatTheyReachNoTerminal) {
  EXPECT_EQ(parse_refusal("{\"\\u001b[31m\": 1, \"\\u001b[31m\": 2}"),
            "f.json: /\\u001b[31m: this key is given twice; remove one of them");
}

TEST(Parse, ReadsAnObjectOfManyKeys) {
  std::string text = "{\"0\": 0";
  for (int key = 1; key < 50'000; ++key) text += ",\"" + std::to_string(key) + "\":0";
  EXPECT_EQ(parse(text + "}", "f.json").size(), 50'000U);
}

}  // namespace
}  // namespace vfstock::sim::document::testing
