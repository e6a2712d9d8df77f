#include "engine/panel/transport.h"

#include <set>

#include <gtest/gtest.h>

#include "engine/base/text.h"

namespace vfstock::panel {
namespace {

TEST(EndingName, IsDifferentForEachEnding) {
  std::set<std::string_view> names;
  const int last = static_cast<int>(Ending::not_sent);
  for (int i = 0; i <= last; ++i) names.insert(name(static_cast<Ending>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
  EXPECT_EQ(name(Ending::complete), "complete");
}

TEST(AnswerHeader, IsFoundInAnyLetterCase) {
  Answer answer;
  answer.headers = {{"content-TYPE", "application/json"}};
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
}

TEST(AnswerHeader, IsTheFirstOfItsName) {
  Answer answer;
  answer.headers = {{"A", "1"}, {"a", "2"}};
  EXPECT_EQ(answer.header("a"), "1");
}

TEST(AnswerHeader, IsNothingWhenOnlyPartOfTheNameFits) {
  Answer answer;
  answer.headers = {{"Retry-After-All", "1"}, {"Retry", "2"}};
  EXPECT_EQ(answer.header("Retry-After"), std::nullopt);
}

TEST(HeaderName, FoldsAsciiLettersOnly) {
  EXPECT_TRUE(equal_ignoring_case("aZ", "Az"));
  EXPECT_FALSE(equal_ignoring_case("a[", "a{"));
  EXPECT_FALSE(equal_ignoring_case("a@", "a`"));
}

}  // namespace
}  // namespace vfstock::panel
