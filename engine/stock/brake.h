// The brake: many shelves emptied at once because records are gone or disabled look more like a
// mistake on the panel than like a sale. Such zeros are withheld until a second look, at least ten
// minutes later and past every cache, says the same.
//
// Pure bookkeeping over moments that are passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "engine/catalogue/product.h"
#include "engine/panel/clock.h"
#include "engine/stock/journal.h"

namespace vfstock::stock {

class Brake {
 public:
  /// Below this many products with stock there is no brake.
  static constexpr std::size_t products_min = 10;
  static constexpr std::chrono::minutes second_look_after{10};

  /// `percent` of the products may fall at once; 0: no brake at all.
  explicit Brake(std::int64_t percent) : percent_(percent) {}

  /// What a refresh is about to do, before it writes anything.
  struct Intent {
    bool is_sweep = false;
    bool released = false;                       // somebody decided to write the zeros anyway
    std::set<catalogue::ProductId> with_stock;   // every managed product whose qty is positive
    std::set<catalogue::ProductId> would_empty;  // of these, the ones to be emptied in this way
  };
  /// True when this refresh must withhold such zeros.
  bool withholds(const Intent& intent, panel::Instant now);
  /// What the refresh wrote in the end.
  void take(const RefreshReport& report, bool is_sweep);

  /// When a sweep may release the brake; nullopt when it does not hold.
  std::optional<panel::Instant> second_look() const;

  const std::optional<panel::Instant>& held_since() const noexcept { return held_since_; }
  /// Emptied in this way by refreshes since the last sweep.
  const std::set<catalogue::ProductId>& emptied() const noexcept { return emptied_; }
  void restore(std::optional<panel::Instant> held_since, std::set<catalogue::ProductId> emptied);

 private:
  bool is_too_much(const Intent& intent) const;

  std::int64_t percent_;
  std::optional<panel::Instant> held_since_;
  std::set<catalogue::ProductId> emptied_;
};

}  // namespace vfstock::stock
