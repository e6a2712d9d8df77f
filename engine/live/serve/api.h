// What the API says, as JSON text: values in, text out. Every document bears "format": 1; moments
// are seconds since 1970, null where there is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/live/serve/board.h"
#include "engine/live/serve/checkout.h"
#include "engine/live/sync_plan.h"
#include "engine/sqlite/journal_reader.h"

namespace vfstock::serve {

std::string status_text(const View& view, WallTime now, std::int64_t queue_depth);
std::string products_text(const View& view);
/// `derivation`: of the newest decision that counted, as the journal keeps it; empty: none.
std::string product_text(const ProductView& product, const std::string& derivation,
                         const std::vector<sqlite::KeptDecision>& history);
std::string decisions_text(const std::vector<sqlite::KeptDecision>& decisions);
std::string plan_text(const live::SyncPlan& plan);
/// {"products": {id: qty or null}, "summary": {...}}
std::string report_text(const apply::RefreshReport& report);
std::string checkout_text(const std::optional<Refused>& refused);

/// {"items": [{"product": 3, "location": "2|London", "qty": 1}]}, at most 100 of them. Throws
/// std::invalid_argument, for people.
std::vector<CartItem> cart_from(std::string_view body);

/// {"products": [1, 2], "force": true}; both may be missing, an empty body is {}. Throws
/// std::invalid_argument.
struct Recalculation {
  plan::Scope scope = plan::Scope::all();
  bool force = false;
};
Recalculation recalculation_from(std::string_view body);

}  // namespace vfstock::serve
