// One value of a fault rule's JSON and where it lies, for errors.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace vfstock::mockpanel::faults {

inline constexpr std::size_t text_bytes_max = 500;
inline constexpr std::int64_t id_max = (std::int64_t{1} << 53) - 1;
inline constexpr std::int64_t ordinal_max = std::numeric_limits<std::int32_t>::max();

/// Each reading refuses with RuleError what is not as asked for.
struct Place {
  const nlohmann::ordered_json& value;
  std::string pointer;

  [[noreturn]] void refuse(const std::string& expected) const;
  std::int64_t whole_number(std::int64_t least, std::int64_t most) const;
  std::string text(std::size_t bytes_max) const;
  std::chrono::milliseconds duration() const;
  /// The place of a member of an object.
  Place member(std::string_view key) const;
};

}  // namespace vfstock::mockpanel::faults
