// The checkout guard's arithmetic.
#include "engine/live/serve/checkout.h"

#include <gtest/gtest.h>

namespace vfstock::serve {
namespace {

const WallTime now{std::chrono::hours{24 * 365}};

/// Product 1 sells in groups 1 and 2, product 2 in group 1 alone.
View shop() {
  View view;
  view.products[1] = {.id = 1,
                      .name = "S",
                      .qty = 31,
                      .is_set = true,
                      .cause = {},
                      .why = {},
                      .outcome = {},
                      .binding = {},
                      .trigger = {},
                      .confirmed = now,
                      .changed = {},
                      .groups = {{1, true, 24}, {2, true, 7}}};
  view.products[2] = view.products[1];
  view.products[2].groups = {{1, true, 12}};
  return view;
}

bool fits(const std::vector<CartItem>& cart, const View& view = shop(), WallTime at = now) {
  return !refusal(cart, view, at);
}

TEST(Checkout, TakesWhatThePlaceTakesToTheUnit) {
  EXPECT_TRUE(fits({{1, "2|London", 7}}));
  const auto refused = refusal({{1, "2|London", 8}}, shop(), now);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->item, 0U);
  EXPECT_EQ(refused->left, 7);
}

TEST(Checkout, AddsUpTheLinesOfOnePlace) {
  EXPECT_TRUE(fits({{1, "2|London", 3}, {1, "2|London", 4}, {1, "1|Frankfurt", 24}}));
  const auto refused = refusal({{1, "2|London", 3}, {1, "2|London", 5}}, shop(), now);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->item, 1U);
}

TEST(Checkout, CountsEachProductByItsShareOfThePlace) {
  EXPECT_TRUE(fits({{1, "1", 12}, {2, "", 6}}));
  EXPECT_FALSE(fits({{1, "1", 13}, {2, "", 6}}));
  // Sevenths and thirds add up exactly.
  View view = shop();
  view.products[1].groups = {{1, true, 7}};
  view.products[2].groups = {{1, true, 3}};
  EXPECT_TRUE(fits({{2, "", 1}, {2, "", 1}, {2, "", 1}}, view));
  EXPECT_FALSE(fits({{1, "", 1}, {2, "", 1}, {2, "", 1}, {2, "", 1}}, view));
}

TEST(Checkout, AProductOfOnePlaceNeedsNoChoice) {
  EXPECT_TRUE(fits({{2, "", 12}}));
  EXPECT_FALSE(fits({{2, "", 13}}));
}

TEST(Checkout, AFullPlaceTakesNothing) {
  View view = shop();
  view.products[1].groups[1].capacity = 0;
  EXPECT_FALSE(fits({{1, "2|London", 1}}, view));
  EXPECT_TRUE(fits({{1, "1|Frankfurt", 1}}, view));
}

TEST(Checkout, WhatIsNotKnownStopsNoSale) {
  EXPECT_TRUE(fits({{99, "", 1000}}));
  EXPECT_TRUE(fits({{1, "5|Paris", 1000}}));
  EXPECT_TRUE(fits({{1, "", 1000}}));  // which place it goes to is not said
  View view = shop();
  view.products[2].groups[0].known = false;
  EXPECT_TRUE(fits({{2, "", 1000}}, view));
  view.products[2].groups[0] = {1, true, std::nullopt};
  EXPECT_TRUE(fits({{2, "", 1000}}, view));
  view = shop();
  view.products[2].confirmed = std::nullopt;
  EXPECT_TRUE(fits({{2, "", 1000}}, view));
}

TEST(Checkout, WhatWasCountedLongAgoStopsNoSale) {
  EXPECT_FALSE(fits({{2, "", 13}}, shop(), now + counted_is_known));
  EXPECT_TRUE(fits({{2, "", 13}}, shop(), now + counted_is_known + Milliseconds{1}));
}

TEST(Checkout, BearsNumbersOfAnySize) {
  constexpr std::int64_t huge = INT64_MAX;
  EXPECT_FALSE(fits({{2, "", huge}}));
  View view = shop();
  view.products[1].groups = {{1, true, huge}};
  std::vector<CartItem> cart;
  for (int i = 0; i < 50; ++i) cart.push_back({1, "", 1'000'003 + i});
  EXPECT_TRUE(fits(cart, view));
  view.products[1].groups = {{1, true, 2'000'000'011}};
  view.products[2].groups = {{1, true, 1'999'999'973}};
  cart.clear();
  for (int i = 0; i < 40; ++i) cart.push_back({1 + i % 2, "", 49'000'000});
  EXPECT_TRUE(fits(cart, view));
  cart.push_back({1, "", 49'000'000});
  EXPECT_FALSE(fits(cart, view));
}

TEST(Checkout, ALineOfNoneAsksForNothing) {
  View view = shop();
  view.products[2].groups[0].capacity = 0;
  EXPECT_TRUE(fits({{2, "", 0}, {2, "", -3}}, view));
}

}  // namespace
}  // namespace vfstock::serve
