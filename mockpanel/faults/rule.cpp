#include "mockpanel/faults/rule.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vfstock::mockpanel::faults {
namespace {

/// In the order of Kind.
constexpr std::array<std::string_view, 8> kinds{"status",  "malformed-json", "truncated-json",
                                                "cut",     "no-answer",      "reset",
                                                "refused", "latency"};
static_assert(kinds.size() == static_cast<std::size_t>(Kind::latency) + 1);

/// In the order of BodyShape.
constexpr std::array<std::string_view, 3> shapes{"json", "html", "empty"};

template <typename Named, std::size_t size>
std::optional<Named> find_name(const std::array<std::string_view, size>& names,
                               std::string_view wanted) {
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) return std::nullopt;
  return static_cast<Named>(found - names.begin());
}

}  // namespace

std::string_view name(Kind kind) noexcept { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) { return find_name<Kind>(kinds, name); }

std::vector<std::string_view> kind_names() { return {kinds.begin(), kinds.end()}; }

std::string_view name(BodyShape shape) noexcept { return shapes[static_cast<std::size_t>(shape)]; }

std::optional<BodyShape> body_shape_named(std::string_view name) {
  return find_name<BodyShape>(shapes, name);
}

bool is_carried_out(Kind kind) noexcept {
  switch (kind) {
    case Kind::malformed_json:
    case Kind::truncated_json:
    case Kind::cut:
    case Kind::latency:
      return true;
    case Kind::status:
    case Kind::no_answer:
    case Kind::reset:
    case Kind::refused:
      return false;
  }
  return true;
}

}  // namespace vfstock::mockpanel::faults
