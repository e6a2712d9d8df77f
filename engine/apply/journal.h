// The port to which every decision is told, with what it rests on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/order_id.h"
#include "engine/catalogue/product.h"
#include "engine/panel/panel.h"
#include "engine/plan/decision.h"
#include "engine/plan/scope.h"

namespace vfstock::apply {

/// What made the engine look.
enum class Trigger {
  module_create,
  module_terminate,
  module_change_package,
  cron,
  cart,
  recalculate,
  trailing,     // the end of a window in which events came
  deletion,     // a deletion's grace has passed
  retry,        // another try after an outage
  brake,        // the second look that releases the brake
  first_sweep,  // after a start without state
  undo,         // a person takes back what an earlier refresh wrote
};
std::string_view name(Trigger trigger) noexcept;  // "AfterModuleCreate", "trailing", ...

/// What became of a decision.
enum class Outcome {
  wrote,      // the row holds a new qty
  unchanged,  // a Set equal to the stored qty: nothing to write
  kept,       // a Keep
  held,       // a fall that the brake withheld
};
std::string_view name(Outcome outcome) noexcept;

struct JournalEntry {
  Instant at{};
  WallTime wall{};
  Trigger trigger = Trigger::cron;
  catalogue::ProductId product;
  plan::Decision decision;
  Outcome outcome = Outcome::kept;
  std::int64_t old_qty = 0;
  std::int64_t new_qty = 0;               // equals old_qty unless outcome is wrote
  std::vector<panel::Exchange> evidence;  // package first, then groups in the product's order
};

/// What was done about an order after one of its services got its server.
struct Acceptance {
  enum class Outcome {
    accepted,
    not_pending,  // accepted already, or cancelled: nothing was done
    waits,        // another service of the order still has no server
    failed,       // the shop could not be asked or refused
  };
  Instant at{};
  WallTime wall{};
  catalogue::ServiceId service;
  catalogue::OrderId order;  // 0 when the order could not be read
  Outcome outcome = Outcome::failed;
  std::string text;  // one sentence for people
};
std::string_view name(Acceptance::Outcome outcome) noexcept;  // "accepted", "not pending", ...

/// How each product of a refresh ended, each in exactly one of the last five counts.
struct Summary {
  std::int64_t total = 0, updated = 0, zeroed = 0, unchanged = 0, skipped = 0, held = 0;
  friend bool operator==(const Summary&, const Summary&) = default;
};

/// How a refresh ended. Where nobody reads of the single products (the journal does not want them,
/// and nobody asked for a recalculation) `qty` and `entries` are empty.
struct RefreshReport {
  Summary summary;
  /// Products whose fall the brake would have withheld, and let through.
  std::int64_t released = 0;
  /// The qty of the row after the refresh; nullopt where it was skipped or held.
  std::map<catalogue::ProductId, std::optional<std::int64_t>> qty;
  std::vector<JournalEntry> entries;  // in the order of the products
  /// Set when the shop itself could not be read, so that nothing was refreshed.
  std::optional<std::string> store_failure;
  /// The plan was not approved, so that nothing was written.
  bool refused = false;
};

class Journal {
 public:
  virtual ~Journal() = default;
  /// A refresh begins. Must not throw, like all of these.
  virtual void refresh_begins(Trigger trigger, const plan::Scope& scope) = 0;
  /// Whether record() is to be told; wording every decision with its evidence takes time.
  virtual bool wants_entries() const { return true; }
  /// Whether breakdown() is to be told; working them out takes time.
  virtual bool wants_breakdowns() const { return false; }
  /// The derivation of the decision that record() tells next, where one was made. Its names are
  /// valid during the call only.
  virtual void breakdown(const capacity::Breakdown&) {}
  /// Called once for every decision, after its write, those that changed nothing included.
  virtual void record(const JournalEntry& entry) = 0;
  virtual void refresh_ends(const RefreshReport& report) = 0;
  virtual void accepted(const Acceptance& acceptance) = 0;
  /// Something went wrong beside the decisions (state that could not be saved). For people.
  virtual void trouble(const std::string& text) = 0;
};

}  // namespace vfstock::apply
