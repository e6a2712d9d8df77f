#include "engine/capacity/count.h"

#include "tests/unit/capacity/agreed_count.h"

namespace vfstock::capacity {
namespace {

TEST(Count, IsZeroByDefault) { EXPECT_EQ(Count{}, Count::of(0)); }

TEST(Count, ReadsNegativePlacesAsNone) { EXPECT_EQ(Count::of(-3), Count::of(0)); }

TEST(Count, Adds) { EXPECT_EQ(Count::of(2) + Count::of(3), Count::of(5)); }

TEST(Count, SaturatesInsteadOfWrapping) {
  EXPECT_EQ(Count::greatest() + Count::of(1), Count::greatest());
}

TEST(Count, StaysUnlimitedWhateverIsAdded) {
  EXPECT_TRUE((Count::unlimited() + Count::of(1)).is_unlimited());
  EXPECT_TRUE((Count::of(1) + Count::unlimited()).is_unlimited());
}

TEST(Count, HoldsUnlimitedGreaterThanEveryNumber) {
  EXPECT_GT(Count::unlimited(), Count::greatest());
  EXPECT_LT(Count::of(1), Count::of(2));
}

}  // namespace
}  // namespace vfstock::capacity
