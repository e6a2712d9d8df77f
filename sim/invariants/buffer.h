// The safety buffer as people type it, and the reserve that it keeps back, exact to the last digit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vfstock::sim::invariants {

class Buffer {
 public:
  /// A decimal number with optional sign, fraction, exponent and surrounding white space, clamped
  /// to 0..100; anything else counts as 10.
  static Buffer of_column(std::string_view text);

  /// ceil(max * percentage / 100) for 0 <= max <= 2^53.
  std::int64_t reserve(std::int64_t max) const;

 private:
  bool whole_ = false;  // 100 percent and more
  /// Otherwise the share of max is 0.DIGITS.
  std::string digits_;
};

}  // namespace vfstock::sim::invariants
