// A qty on its way to the shop. The only thing that can be written, and only a decision can make
// one, or the undoing of what a decision wrote.
#pragma once

#include <cstdint>

namespace vfstock::plan {
class Decider;
class Undo;
}  // namespace vfstock::plan

namespace vfstock::catalogue {

class Set {
 public:
  /// The highest value of the `qty` column (signed 32 bit).
  static constexpr std::int64_t column_max = 2147483647;

  std::int64_t qty() const noexcept { return qty_; }  // 0..column_max
  friend bool operator==(const Set&, const Set&) = default;

 private:
  friend class vfstock::plan::Decider;
  friend class vfstock::plan::Undo;
  explicit Set(std::int64_t qty) noexcept
      : qty_(qty < 0            ? 0
             : qty > column_max ? column_max
                                : qty) {}

  std::int64_t qty_;
};

}  // namespace vfstock::catalogue
