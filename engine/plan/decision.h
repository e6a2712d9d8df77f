// What the engine concludes for one product: Set(qty, why) or Keep(why). Only a Set can be written.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/catalogue/set.h"

namespace vfstock::plan {

/// The rule that decided. The first block goes with a Set, the second with a Keep.
enum class Cause {
  capacity,          // the sum over the groups
  ceiling,           // the sum, or unbounded capacity, cut to the ceiling
  package_missing,   // confirmed: the package is gone
  package_disabled,  // nothing of it can be sold
  group_missing,     // confirmed: a group is gone, and what is left takes nothing
  undone,            // a person takes back what an earlier refresh wrote

  no_package,           // configoption2 names none
  no_groups,            // neither configoption1 nor a location names one
  other_panel,          // the product's servers are not this panel's
  several_panels,       // they are more than one panel's, and nothing says which one it will be
  unbounded,            // nothing limits the product and there is no ceiling
  changed_since,        // what is to be taken back is no longer there
  package_unavailable,  // the package could not be looked up
  group_unavailable,    // at least one group could not be looked up
  store_failed,         // the shop could not be read or written
  contended,            // the row changed while its qty was being decided
  surprise,             // an exception nobody expected
};
std::string_view name(Cause cause) noexcept;  // "capacity", "package missing", ...

/// True for Keeps whose cause passes by itself: worth another try.
bool is_transient(Cause cause) noexcept;

/// How a count came out. Counts are places.
struct Counted {
  std::size_t groups = 0;               // that were found
  std::size_t missing = 0;              // groups that are not on the panel
  std::int64_t before = 0, left = 0;    // without, and with, what orders on their way will take
  std::optional<std::int64_t> ceiling;  // what it was cut to
  friend bool operator==(const Counted&, const Counted&) = default;
};

/// The rule that decided, and what it rests on: a count, or one sentence.
struct Why {
  Cause cause;
  std::variant<Counted, std::string> because;
  friend bool operator==(const Why&, const Why&) = default;
};
/// The decision rests on a record of the panel that is gone or disabled.
bool rests_on_lost_records(const Why& why) noexcept;
/// One sentence for people. Most decisions are never read, so whoever shows one asks for it.
std::string to_text(const Why& why);

struct SetQty {
  catalogue::Set set;
  Why why;
  friend bool operator==(const SetQty&, const SetQty&) = default;
};

struct Keep {
  Why why;
  /// A wish of the panel's or of a rule: another try is in vain before this much time has passed.
  std::optional<std::chrono::seconds> again_in = std::nullopt;
  /// A probe is all that is wanting, and allowed again in `again_in`.
  bool awaits_probe = false;
  friend bool operator==(const Keep&, const Keep&) = default;
};

/// A closed sum. There is no third outcome and no default.
class [[nodiscard]] Decision {
 public:
  Decision(SetQty set) : state_(std::move(set)) {}
  Decision(Keep keep) : state_(std::move(keep)) {}

  template <class OnSet, class OnKeep>
  decltype(auto) match(OnSet&& on_set, OnKeep&& on_keep) const {
    if (const auto* set = std::get_if<SetQty>(&state_)) return std::forward<OnSet>(on_set)(*set);
    return std::forward<OnKeep>(on_keep)(std::get<Keep>(state_));
  }
  const SetQty* if_set() const noexcept { return std::get_if<SetQty>(&state_); }
  const Keep* if_keep() const noexcept { return std::get_if<Keep>(&state_); }
  const Why& why() const noexcept {
    return match([](const SetQty& s) -> const Why& { return s.why; },
                 [](const Keep& k) -> const Why& { return k.why; });
  }
  friend bool operator==(const Decision&, const Decision&) = default;

 private:
  std::variant<SetQty, Keep> state_;
};

}  // namespace vfstock::plan
