// The plan: what one refresh concludes about every product of its scope, before anything is
// written. A value: it can be printed, kept, compared with another, and carried out (apply/).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/product.h"
#include "engine/panel/lookup_results.h"
#include "engine/plan/brake.h"
#include "engine/plan/decision.h"
#include "engine/plan/reservations.h"
#include "engine/plan/scope.h"
#include "engine/plan/terms.h"

namespace vfstock::plan {

struct PlannedProduct {
  catalogue::Product row;  // as it was seen
  Terms terms;             // what the row and its options mean
  Decision decision;
  bool withheld = false;  // the brake keeps its fall back

  friend bool operator==(const PlannedProduct&, const PlannedProduct&) = default;
};

struct Plan {
  Scope scope = Scope::all();
  std::vector<PlannedProduct> products;  // those of the scope that are managed, by ascending id
  std::vector<Reservation> reserved;     // what orders on their way take, of all products
  Brake brake;                           // after it was asked
  std::vector<std::size_t> unsettled;    // places of the products that are not, ascending

  friend bool operator==(const Plan&, const Plan&) = default;
};

/// Null: the plan says nothing of this product.
const PlannedProduct* find(const Plan& plan, catalogue::ProductId product);

/// The row holds what was decided, so that nothing is to be done about it.
bool is_settled(const PlannedProduct& planned);
/// The places of those that are not, ascending.
std::vector<std::size_t> unsettled(const std::vector<PlannedProduct>& products);

/// The product is to fall to 0 or to less than a quarter of its qty, and had enough for that to
/// count: `brake_from`, or anything where records of the panel are gone or disabled.
bool is_a_fall(const PlannedProduct& planned, std::int64_t brake_from);

/// How a product's count came out.
struct Derivation {
  capacity::Footprint footprint;  // of the VPSes of which fewest fit
  /// Its groups are the found ones, in the order of the terms; its names are those of the answers.
  capacity::Breakdown breakdown;
};
/// nullopt: none was made, because the package or every group is not there or not known.
std::optional<Derivation> derivation(const Terms& terms, const panel::LookupResults& answers);

/// What a decision on these terms rests on: the package's responses, then each group's.
std::vector<panel::Exchange> evidence(const Terms& terms, const panel::LookupResults& answers);

}  // namespace vfstock::plan
