// The brake: many shelves emptied at once because records are gone or disabled look more like a
// mistake on the panel than like a sale. Such a zero is withheld until a second look, a sweep that
// begins at least ten minutes later and rests on no cache, finds the same of the same product.
//
// Pure bookkeeping over moments that are passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/catalogue/product.h"

namespace vfstock::plan {

class Brake {
 public:
  /// Below this many products with stock there is no brake.
  static constexpr std::size_t products_min = 10;
  static constexpr std::chrono::minutes second_look_after{10};
  /// After a look that could not even read the shop.
  static constexpr std::chrono::seconds look_again_after{60};
  /// Product -> since when its zero is withheld.
  using Held = std::map<catalogue::ProductId, Instant>;

  /// `percent` of the products may fall at once; 0: no brake at all.
  explicit Brake(std::int64_t percent = 0) : percent_(percent) {}

  /// What a refresh is about to do, before it writes anything.
  struct Intent {
    Instant began{};
    bool is_sweep = false;
    bool released = false;                       // somebody decided to write the zeros anyway
    std::size_t stocked = 0;                     // managed products whose qty is positive
    std::set<catalogue::ProductId> would_empty;  // of these, the ones to be emptied in this way
    std::set<catalogue::ProductId> refilled;     // of emptied(), those that have stock again
  };
  /// The products whose zero this refresh must withhold.
  std::set<catalogue::ProductId> withhold(const Intent& intent, Instant now);
  /// The products that the refresh emptied in this way in the end.
  void take(const std::vector<catalogue::ProductId>& emptied, bool is_sweep);
  /// A sweep ended without asking, since the shop could not be read.
  void missed(Instant now);

  /// When a sweep is to look again; nullopt when nothing is withheld.
  std::optional<Instant> next_look() const;
  /// True when a sweep that begins at `now` may release something, so that it must ask anew.
  bool is_second_look(Instant now) const;

  /// Nothing is withheld and nothing was emptied: a refresh that empties nothing need not ask.
  bool is_at_rest() const noexcept { return held_.empty() && emptied_.empty(); }
  const Held& held() const noexcept { return held_; }
  /// Emptied in this way by refreshes since the last sweep.
  const std::set<catalogue::ProductId>& emptied() const noexcept { return emptied_; }
  void restore(Held held, std::set<catalogue::ProductId> emptied);

  friend bool operator==(const Brake&, const Brake&) = default;

 private:
  bool is_too_much(const Intent& intent) const;
  std::set<catalogue::ProductId> withhold_of_some(const Intent& intent, Instant now);

  std::int64_t percent_;
  Held held_;
  std::set<catalogue::ProductId> emptied_;
  std::optional<Instant> not_before_;
};

}  // namespace vfstock::plan
