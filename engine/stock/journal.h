// The port to which every decision is told, with what it rests on.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/product.h"
#include "engine/panel/panel.h"
#include "engine/stock/decision.h"

namespace vfstock::stock {

/// What made the engine look.
enum class Trigger {
  module_create,
  module_terminate,
  module_change_package,
  cron,
  cart,
  recalculate
};
std::string_view name(Trigger trigger) noexcept;  // "AfterModuleCreate", "AfterCronJob", ...

/// What became of a decision.
enum class Outcome {
  wrote,      // the row holds a new qty
  unchanged,  // a Set equal to the stored qty: nothing to write
  kept,       // a Keep
};
std::string_view name(Outcome outcome) noexcept;

struct JournalEntry {
  panel::Instant at{};
  panel::WallTime wall{};
  Trigger trigger = Trigger::cron;
  catalogue::ProductId product;
  Decision decision;
  Outcome outcome = Outcome::kept;
  std::int64_t old_qty = 0;
  std::int64_t new_qty = 0;               // equals old_qty unless outcome is wrote
  std::vector<panel::Exchange> evidence;  // package first, then groups in the product's order
};

class Journal {
 public:
  virtual ~Journal() = default;
  /// Called once for every decision, after its write. Must not throw.
  virtual void record(const JournalEntry& entry) = 0;
};

}  // namespace vfstock::stock
