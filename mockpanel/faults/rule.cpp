#include "mockpanel/faults/rule.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vfstock::mockpanel::faults {
namespace {

/// In the order of BodyShape.
constexpr std::array<std::string_view, 3> shapes{"json", "html", "empty"};

}  // namespace

std::string_view name(BodyShape shape) noexcept { return shapes[static_cast<std::size_t>(shape)]; }

std::optional<BodyShape> body_shape_named(std::string_view name) {
  const auto* const found = std::find(shapes.begin(), shapes.end(), name);
  if (found == shapes.end()) return std::nullopt;
  return static_cast<BodyShape>(found - shapes.begin());
}

}  // namespace vfstock::mockpanel::faults
