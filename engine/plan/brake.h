// The brake: much of the shop's stock gone at once looks more like a mistake on the panel than like
// a sale, whatever the cause: records gone or disabled, a storage code that no pool has, every node
// reporting nothing free. What falls to 0, or to less than a quarter of its qty, is withheld until
// a person says otherwise or a second look, a sweep that begins some time later
// (policy.brake_second_look) and rests on no cache, finds the same of the same product.
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
#include "engine/plan/policy.h"

namespace vfstock::plan {

class Brake {
 public:
  /// After a look that could not even read the shop.
  static constexpr std::chrono::seconds look_again_after{60};
  /// Product -> since when its fall is withheld.
  using Held = std::map<catalogue::ProductId, Instant>;

  /// One that withholds nothing.
  Brake() = default;
  /// By policy.brake_percent, brake_release and brake_second_look.
  explicit Brake(const Policy& policy)
      : percent_(policy.brake_percent),
        second_look_releases_(policy.brake_release == BrakeRelease::second_look),
        second_look_after_(policy.brake_second_look) {}

  /// What a refresh is about to do, before it writes anything.
  struct Intent {
    Instant began{};
    bool is_sweep = false;
    bool released = false;                      // somebody decided to write the falls anyway
    std::size_t stocked = 0;                    // managed products whose qty is positive
    std::set<catalogue::ProductId> would_fall;  // of these
    std::set<catalogue::ProductId> refilled;    // of emptied(), those that have stock again
  };
  /// The products whose fall this refresh must withhold.
  std::set<catalogue::ProductId> withhold(const Intent& intent, Instant now);
  /// The products whose fall the refresh wrote as a 0 in the end.
  void take(const std::vector<catalogue::ProductId>& emptied, bool is_sweep);
  /// A sweep ended without asking, since the shop could not be read.
  void missed(Instant now);

  /// When a sweep is to look again; nullopt when nothing is withheld, or a person alone releases.
  std::optional<Instant> next_look() const;
  /// True when a sweep that begins at `now` may release something, so that it must ask anew.
  bool is_second_look(Instant now) const;

  /// There is nothing to account for: a refresh in which nothing falls need not ask.
  bool is_at_rest() const noexcept {
    return held_.empty() && emptied_.empty() && released_.empty();
  }
  const Held& held() const noexcept { return held_; }
  /// What the last withhold() let through by a second look or a person, and would have withheld.
  const std::set<catalogue::ProductId>& released() const noexcept { return released_; }
  /// Fell to 0 by refreshes since the last sweep.
  const std::set<catalogue::ProductId>& emptied() const noexcept { return emptied_; }
  void restore(Held held, std::set<catalogue::ProductId> emptied);

  friend bool operator==(const Brake&, const Brake&) = default;

 private:
  bool is_too_much(const Intent& intent) const;
  std::set<catalogue::ProductId> withhold_of_some(const Intent& intent, Instant now);

  std::int64_t percent_ = 0;  // of the products may fall at once; 0: there is no brake
  bool second_look_releases_ = true;
  std::chrono::seconds second_look_after_{0};
  Held held_;
  std::set<catalogue::ProductId> emptied_;
  std::set<catalogue::ProductId> released_;
  std::optional<Instant> not_before_;
};

}  // namespace vfstock::plan
