#include "sim/document/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace vfstock::sim::document {
namespace {

TEST(MalformedUtf8, AcceptsTheFirstAndLastCharacterOfEachLength) {
  const std::string text =
      "\x01\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"
      "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
  EXPECT_EQ(malformed_utf8(text), std::nullopt);
  EXPECT_EQ(malformed_utf8(""), std::nullopt);
}

TEST(MalformedUtf8, FindsWhatOnlyLooksLikeUtf8) {
  const std::string overlong_slash = "ab\xC0\xAF";
  EXPECT_EQ(malformed_utf8(overlong_slash), 2U);
  EXPECT_EQ(malformed_utf8("\xE0\x9F\xBF"), 0U) << "overlong, three bytes";
  EXPECT_EQ(malformed_utf8("\xF0\x8F\xBF\xBF"), 0U) << "overlong, four bytes";
  EXPECT_EQ(malformed_utf8("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(malformed_utf8("\xF4\x90\x80\x80"), 0U) << "beyond U+10FFFF";
  EXPECT_EQ(malformed_utf8("\xF5\x80\x80\x80"), 0U) << "no such lead byte";
  EXPECT_EQ(malformed_utf8("\x80"), 0U) << "continuation without a lead";
}

TEST(MalformedUtf8, FindsACharacterThatTheTextEndsIn) {
  EXPECT_EQ(malformed_utf8("a\xC3"), 1U);
  EXPECT_EQ(malformed_utf8("a\xE2\x82"), 1U);
  EXPECT_EQ(malformed_utf8("a\xF0\x9F\x98"), 1U);
  EXPECT_EQ(malformed_utf8("\xE2\x82\x41"), 0U) << "broken off by another character";
}

TEST(CodePoints, CountsCharactersNotBytes) {
  EXPECT_EQ(code_points("aé€\xF0\x9F\x98\x80"), 4U);
  EXPECT_EQ(code_points(""), 0U);
}

}  // namespace
}  // namespace vfstock::sim::document
