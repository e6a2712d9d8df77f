#include "engine/panel/json_text.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

struct Refusal {
  Reason reason{};
  std::string text;
};

Refusal refusal_of(std::string_view text, int nesting = 64) {
  try {
    const auto document = parse_json(text, nesting);
    ADD_FAILURE() << "accepted " << document.dump();
  } catch (const Unreadable& unreadable) {
    return {unreadable.reason(), unreadable.what()};
  }
  return {};
}

TEST(JsonText, ReadsADocument) {
  EXPECT_EQ(parse_json(R"( {"a":[1,-2,true,null,"x"]} )", 64).dump(),
            R"({"a":[1,-2,true,null,"x"]})");
}

TEST(JsonText, RefusesWhatIsNotOneDocument) {
  for (const char* text : {"", " ", "{", "[1,2", "{}{}", "[] x", "nope", "{'a':1}", "[1,]", "NaN",
                           "[NaN]", "// c\n1", "\"\xff\"", "[\"a\xc3\"]", "01", "{\"a\":1,}"}) {
    EXPECT_EQ(refusal_of(text).reason, Reason::not_json) << text;
  }
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

TEST(JsonText, KeepsWholeNumbersExactlyHoweverTheyAreWritten) {
  const auto document = parse_json("[5.0,50e-1,0.5e1,-3.00,9007199254740992.0]", 64);
  EXPECT_EQ(document.dump(), "[5,5,5,-3,9007199254740992]");
  for (const auto& number : document) EXPECT_TRUE(number.is_number_integer());
}

TEST(JsonText, DoesNotRoundAFractionIntoAWholeNumber) {
  // As binary floating point both would be whole.
  const auto document = parse_json("[4096.00000000000000001,9007199254740993.0]", 64);
  for (const auto& number : document) EXPECT_TRUE(number.is_number_float());
}

}  // namespace
}  // namespace vfstock::panel
