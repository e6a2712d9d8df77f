#include "engine/plan/scope.h"

#include <gtest/gtest.h>

namespace vfstock::plan {
namespace {

using catalogue::ProductId;

TEST(Scope, OfAllContainsEveryProduct) {
  EXPECT_TRUE(Scope::all().is_all());
  EXPECT_TRUE(Scope::all().contains(ProductId{7}));
  EXPECT_EQ(Scope::all().ids(), nullptr);
}

TEST(Scope, OfAnEmptyListIsNothingAndNotEverything) {
  const Scope nothing = Scope::of({});
  EXPECT_FALSE(nothing.is_all());
  EXPECT_FALSE(nothing.contains(ProductId{1}));
  EXPECT_NE(nothing, Scope::all());
}

TEST(Scope, HoldsEachProductOnceByAscendingId) {
  const Scope scope = Scope::of({ProductId{3}, ProductId{1}, ProductId{3}});
  EXPECT_EQ(*scope.ids(), (std::vector{ProductId{1}, ProductId{3}}));
  EXPECT_TRUE(scope.contains(ProductId{3}));
  EXPECT_FALSE(scope.contains(ProductId{2}));
  EXPECT_EQ(scope, Scope::of({ProductId{1}, ProductId{3}}));
}

}  // namespace
}  // namespace vfstock::plan
