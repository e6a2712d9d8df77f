// An exact percentage from 0 to 100, read from decimal text.
//
// The safety buffer is a decimal that people type. Binary floating point would make 7 % of 100
// eight places after rounding up, so a Percent keeps its decimal digits and computes reserves in
// whole numbers. Pure values, safe to share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vfstock::capacity {

class Percent {
 public:
  constexpr static std::int64_t whole_max = 100;

  Percent() = default;  // 0 %
  /// `whole` percent, clamped to 0..100.
  explicit Percent(std::int64_t whole) noexcept;

  /// Reads a decimal number with optional sign, fraction, exponent and surrounding white space, and
  /// clamps it to 0..100. Anything else (blank, "10%", "abc", "0x1") is no percentage: nullopt.
  static std::optional<Percent> parse(std::string_view text);

  /// ceil(max × percent / 100), exact for every 0 <= max <= 2^53. The reserve
  /// is a share of max, never of free.
  std::int64_t reserve(std::int64_t max) const noexcept;

  /// The percentage as numerator / 10^scale where both fit 2^53, for vector code; nullopt when the
  /// text had more digits than that.
  struct Ratio {
    std::int64_t numerator;    // percent × 10^scale
    std::int64_t denominator;  // 10^scale
  };
  std::optional<Ratio> ratio() const noexcept;

  /// Canonical decimal text, e.g. "7.5".
  std::string text() const;

  friend bool operator==(const Percent&, const Percent&) = default;
  friend auto operator<=>(const Percent&, const Percent&) = default;

 private:
  std::int64_t whole_ = 0;       // 0..100
  std::string fraction_digits_;  // decimal digits after the point, no trailing zeros
};

}  // namespace vfstock::capacity
