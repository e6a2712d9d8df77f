// Carries a plan out, row by row: compares and sets, reads a row that moved again and plans it
// anew, and tells the journal what became of it. One row's failure stops no other.
//
// A write whose reply was lost is never guessed: the row itself is read.
#pragma once

#include <optional>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/base/clock.h"
#include "engine/catalogue/catalogue.h"
#include "engine/panel/lookup_results.h"
#include "engine/plan/plan.h"
#include "engine/plan/policy.h"
#include "engine/plan/shop.h"

namespace vfstock::apply {

struct Ports {
  catalogue::Catalogue& catalogue;
  Journal& journal;
  const Clock& clock;
};

/// What a plan was made from, to plan single products of it anew.
struct Basis {
  const plan::Shop& shop;
  const panel::LookupResults& answers;
  const plan::Policy& policy;
};

/// How a plan is carried out.
struct Order {
  Trigger trigger = Trigger::cron;
  bool report_products = false;  // whether somebody reads the report's products
  /// False: the plan is to be carried out as it is, and a row that moved since is left alone.
  bool plans_again = true;
  /// No write begins after this moment: the rows that are left are kept.
  std::optional<Instant> write_until = std::nullopt;
};

/// A product and the transient Keep that it ended with.
struct KeptForNow {
  catalogue::ProductId product;
  plan::Keep keep;
};

struct Applied {
  RefreshReport report;
  std::vector<KeptForNow> kept_for_now;       // by ascending product
  std::vector<catalogue::ProductId> emptied;  // by a fall that the brake counts
};

/// What apply() will try to make of a product: wrote stands for a write.
Outcome intended(const plan::PlannedProduct& planned);

/// Counts one product that ended like this; `new_qty` is what its row then holds.
void count(Summary& summary, Outcome outcome, std::int64_t new_qty);

Applied apply(const plan::Plan& plan, const Basis& basis, const Ports& ports, const Order& order);

}  // namespace vfstock::apply
