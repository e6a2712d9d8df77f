// The checker's own reading of a product's columns, which are texts filled by people.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/invariants/buffer.h"
#include "sim/invariants/checker.h"
#include "sim/invariants/chosen_options.h"
#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// The most that a qty column holds: a signed INT of MySQL.
inline constexpr std::int64_t column_max = 2147483647;

struct ShopColumns {
  std::int64_t package = 0;
  std::vector<std::int64_t> groups;       // positive, each once, in the shop's order
  std::optional<std::int64_t> addresses;  // IPv4 per VPS; absent: no constraint
  Buffer buffer;
  ChosenOptions options;  // nothing where a VPS counts as its package
  /// The product may be created on another panel than the configured one, or on several.
  bool other_panel = false;
};

/// Leading decimal digits after optional white space and sign; 0 where there are none. Saturates.
std::int64_t leading_number(std::string_view text);

bool is_managed(const Row& row);
ShopColumns read_columns(const Row& row, const Expectations& expectations);

}  // namespace vfstock::sim::invariants
