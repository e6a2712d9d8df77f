#include "mockpanel/faults/gzip.h"

#include <gtest/gtest.h>

namespace vfstock::mockpanel::faults {
namespace {

TEST(Gzip, UnpacksToWhatWasPacked) {
  for (const std::string& text : {std::string(), std::string("{}"), std::string(100'000, 'x')}) {
    EXPECT_EQ(unpacked(gzip(text)), text);
  }
}

TEST(Gzip, OfManyBytesIsTheSameAsOfAllAtOnce) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, piece, piece + 1, 3 * piece}) {
    EXPECT_TRUE(unpacked(gzip_of_many(' ', size)) == std::string(size, ' ')) << size;
  }
}

TEST(Gzip, OfManyBytesIsSmall) {
  EXPECT_LT(gzip_of_many(' ', std::size_t{100} << 20).size(), 110'000U);
}

TEST(Gzip, HalfOfItUnpacksToABeginning) {
  std::string text;
  for (int n = 0; n < 5000; ++n) text += std::to_string(n);
  const std::string part = unpacked(half_gzip(text));
  EXPECT_LT(part.size(), text.size());
  EXPECT_TRUE(text.starts_with(part));
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
