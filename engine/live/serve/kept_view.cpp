#include "engine/live/serve/kept_view.h"

#include <nlohmann/json.hpp>

#include "engine/catalogue/locations.h"
#include "engine/sqlite/journal_reader.h"
#include "engine/sqlite/wall_time.h"

namespace vfstock::serve {
namespace {

using nlohmann::json;
using sqlite::KeptDecision;
using sqlite::Row;

constexpr const char* newest_decisions =
    "SELECT product, max(id) AS newest, max(CASE WHEN decision = 'set' THEN id END) AS counted, "
    "max(CASE WHEN outcome = 'wrote' THEN at END) AS changed, "
    "max(CASE WHEN decision = 'set' THEN at END) AS confirmed FROM decision GROUP BY product";

constexpr const char* newest_sweeps =
    "SELECT max(ended) AS attempted, max(CASE WHEN store_failure = '' AND skipped = 0 THEN ended "
    "END) AS succeeded FROM refresh WHERE products = '[]' AND ended IS NOT NULL";

std::optional<WallTime> time_in(const Row& row, const std::string& column) {
  if (row.is_null(column)) return std::nullopt;
  return sqlite::wall_time_of(row.integer(column));
}

std::optional<KeptDecision> decision(sqlite::SqliteDatabase& journal, std::int64_t id) {
  sqlite::JournalFilter this_one;
  this_one.decision = id;
  const auto found = sqlite::kept_decisions(journal, this_one);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

/// The groups of a decision that counted, where its derivation tells of every one of them.
std::vector<GroupView> groups_of(sqlite::SqliteDatabase& journal, const KeptDecision& decision,
                                 const plan::Policy& policy) {
  const auto ids = catalogue::hypervisor_groups(decision.seen.row, decision.seen.options,
                                                policy.location_option);
  const json derived =
      json::parse(sqlite::kept_breakdown(journal, decision.id).value_or(""), nullptr, false);
  std::vector<GroupView> views;
  if (!derived.is_object() || derived.value("groups", json::array()).size() != ids.size()) {
    return views;
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const json capacity = derived["groups"][i].value("capacity", json());
    GroupView view{.id = ids[i], .known = capacity.is_null() || capacity.is_number_integer()};
    if (capacity.is_number_integer()) view.capacity = capacity.get<std::int64_t>();
    views.push_back(view);
  }
  return views;
}

ProductView view_of(const KeptDecision& newest) {
  ProductView view;
  view.id = newest.product.value;
  view.name = newest.name;
  view.qty = newest.new_qty;
  view.is_set = newest.is_set;
  view.cause = newest.cause;
  view.why = newest.why;
  view.outcome = newest.outcome;
  view.binding = newest.binding;
  view.trigger = newest.trigger;
  view.decided = newest.at;
  return view;
}

}  // namespace

View kept_view(sqlite::SqliteDatabase& journal, const plan::Policy& policy) {
  View view;
  for (const Row& row : journal.query(newest_decisions, {})) {
    const auto newest = decision(journal, row.integer("newest"));
    if (!newest) continue;
    ProductView product = view_of(*newest);
    product.changed = time_in(row, "changed");
    product.confirmed = time_in(row, "confirmed");
    if (!row.is_null("counted")) {
      const auto counted = decision(journal, row.integer("counted"));
      if (counted) product.groups = groups_of(journal, *counted, policy);
    }
    view.products[product.id] = std::move(product);
  }
  view.held = held_products(view);
  const auto sweeps = journal.query(newest_sweeps, {});
  view.sweep.attempted = time_in(sweeps.at(0), "attempted");
  view.sweep.succeeded = time_in(sweeps.at(0), "succeeded");
  return view;
}

}  // namespace vfstock::serve
