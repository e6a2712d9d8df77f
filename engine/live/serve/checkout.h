// Whether what stands in a cart can be placed now: pure arithmetic on what was last counted.
//
// A group that takes C more of a product gives each of them 1/C of its room; a cart fits where the
// shares that it asks of each group come to no more than the whole. For one product that is its
// count, to the unit. What is not known is no reason to refuse a sale: the guard fails open.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/live/serve/board.h"

namespace vfstock::serve {

/// A line of a cart.
struct CartItem {
  std::int64_t product = 0;
  std::string location{};  // the chosen value as the shop stores it, "3|London"; empty: none was
  std::int64_t qty = 1;
};

struct Refused {
  std::size_t item = 0;   // index in the cart
  std::int64_t left = 0;  // of this product alone, where it was to go
};

/// What was counted longer ago is not known any more.
inline constexpr std::chrono::hours counted_is_known{3};

/// The first line that does not fit; nullopt: all of it can be placed, or it is not known that it
/// cannot.
std::optional<Refused> refusal(const std::vector<CartItem>& cart, const View& view, WallTime now);

}  // namespace vfstock::serve
