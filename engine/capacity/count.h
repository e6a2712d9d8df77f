// A number of places: a whole number from 0 upwards, or unlimited.
//
// Capacity is a sum of minima over resources, some of which have no quota. "No bound" is a value of
// its own here, so that no report ever shows a magic number and no sum overflows: sums saturate at
// Count::greatest(), and unlimited plus anything is unlimited. Pure values, safe to share.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace vfstock::capacity {

class Count {
 public:
  constexpr Count() noexcept = default;  // zero places

  /// `places` places; a negative number counts as none.
  static constexpr Count of(std::int64_t places) noexcept {
    return Count{false, places < 0 ? 0 : places};
  }
  static constexpr Count unlimited() noexcept { return Count{true, 0}; }
  /// The largest finite count, where sums saturate.
  static constexpr Count greatest() noexcept {
    return Count{false, std::numeric_limits<std::int64_t>::max()};
  }

  constexpr bool is_unlimited() const noexcept { return unlimited_; }
  /// The number of places. Only meaningful when !is_unlimited().
  constexpr std::int64_t places() const noexcept { return places_; }

  friend constexpr Count operator+(Count a, Count b) noexcept {
    if (a.unlimited_ || b.unlimited_) return unlimited();
    const std::int64_t room = greatest().places_ - a.places_;
    return b.places_ > room ? greatest() : Count{false, a.places_ + b.places_};
  }
  constexpr Count& operator+=(Count other) noexcept { return *this = *this + other; }

  /// Unlimited is greater than every number.
  friend constexpr auto operator<=>(Count, Count) noexcept = default;

 private:
  constexpr Count(bool unlimited, std::int64_t places) noexcept
      : unlimited_(unlimited), places_(places) {}

  bool unlimited_ = false;
  std::int64_t places_ = 0;
};

}  // namespace vfstock::capacity
