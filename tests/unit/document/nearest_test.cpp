#include "sim/document/nearest.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfstock::sim::document {
namespace {

const std::vector<std::string> fields{"product", "provision", "recalculate", "at"};

TEST(Nearest, FindsANameOneEditAway) {
  EXPECT_EQ(nearest("produkt", fields), "product") << "changed";
  EXPECT_EQ(nearest("prodct", fields), "product") << "dropped";
  EXPECT_EQ(nearest("producct", fields), "product") << "added";
}

TEST(Nearest, CountsTwoSwappedNeighboursAsOneEdit) {
  EXPECT_EQ(nearest("ta", std::vector<std::string>{"at"}), "at");
  EXPECT_EQ(nearest("epxcet", std::vector<std::string>{"expect"}), "expect");
}

TEST(Nearest, IgnoresLetterCase) { EXPECT_EQ(nearest("PRODUCT", fields), "product"); }

TEST(Nearest, PrefersTheFewestEditsAndThenTheFirst) {
  const std::vector<std::string> names{"memory2", "memory", "memoryx"};
  EXPECT_EQ(nearest("memorx", names), "memory");
  EXPECT_EQ(nearest("memory3", names), "memory2");
}

TEST(Nearest, RefusesToGuessWildly) {
  EXPECT_EQ(nearest("zebra", fields), std::nullopt);
  EXPECT_EQ(nearest("", fields), std::nullopt);
  EXPECT_EQ(nearest("b", std::vector<std::string>{"a"}), std::nullopt);
  EXPECT_EQ(nearest("product", std::vector<std::string>{}), std::nullopt);
}

TEST(Nearest, AllowsAThirdOfTheLengthAndNoMore) {
  const std::vector<std::string> names{"abcdefghi"};
  EXPECT_EQ(nearest("abcdefxyz", names), "abcdefghi");
  EXPECT_EQ(nearest("abcdewxyz", names), std::nullopt);
}

TEST(Nearest, LeavesEndlessNamesAlone) {
  const std::vector<std::string> names{std::string(64, 'a'), std::string(65, 'b')};
  EXPECT_EQ(nearest(std::string(64, 'a'), names), names.front());
  EXPECT_EQ(nearest(std::string(65, 'a'), names), std::nullopt);
  EXPECT_EQ(nearest(std::string(64, 'b'), names), std::nullopt);
}

TEST(DidYouMean, IsEmptyWithoutAGuess) {
  EXPECT_EQ(did_you_mean("produkt", fields), "; did you mean 'product'?");
  EXPECT_EQ(did_you_mean("zebra", fields), "");
}

}  // namespace
}  // namespace vfstock::sim::document
