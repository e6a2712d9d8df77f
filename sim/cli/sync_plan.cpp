#include "sim/cli/sync_plan.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace vfstock::sim::cli {

namespace {

std::string action_of(apply::Outcome outcome) {
  switch (outcome) {
    case apply::Outcome::wrote:
      return "write";
    case apply::Outcome::unchanged:
      return "unchanged";
    case apply::Outcome::held:
      return "hold";
    case apply::Outcome::kept:
      return "keep";
  }
  return "keep";
}

/// The row's columns by name, to tell which one moved.
std::vector<std::pair<std::string_view, std::string>> columns(const catalogue::Product& row) {
  return {{"name", row.name},
          {"servertype", row.servertype},
          {"stockcontrol", std::to_string(row.stockcontrol)},
          {"servergroup", std::to_string(row.servergroup)},
          {"qty", std::to_string(row.qty)},
          {"configoption1", row.configoption1},
          {"configoption2", row.configoption2},
          {"configoption3", row.configoption3},
          {"configoption7", row.configoption7}};
}

std::string next_text(const PlannedProduct& product) {
  return product.next ? std::to_string(*product.next) : "keep";
}

void compare(const PlannedProduct& then, const PlannedProduct& now,
             std::vector<std::string>& found) {
  const std::int64_t id = then.seen.row.id.value;
  const auto before = columns(then.seen.row), after = columns(now.seen.row);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].second == after[i].second) continue;
    found.push_back(fmt::format("product {}: {} was '{}' and is '{}'", id, before[i].first,
                                before[i].second, after[i].second));
    return;
  }
  if (then.action != now.action || then.next != now.next) {
    found.push_back(
        fmt::format("product {}: the plan says {} ({}), its evidence and the shop say "
                    "{} ({})",
                    id, next_text(then), then.action, next_text(now), now.action));
  }
}

}  // namespace

void PlanJournal::breakdown(const capacity::Breakdown& breakdown) {
  binding_ = sqlite::binding_of(breakdown);
}

void PlanJournal::record(const apply::JournalEntry& entry) {
  PlannedProduct product;
  product.action = action_of(entry.outcome);
  product.now = entry.old_qty;
  if (const plan::SetQty* const set = entry.decision.if_set()) product.next = set->set.qty();
  product.cause = plan::name(entry.decision.why().cause);
  product.why = plan::to_text(entry.decision.why());
  product.binding = std::exchange(binding_, "");
  if (entry.outcome == apply::Outcome::kept && plan::is_transient(entry.decision.why().cause)) {
    outside_failed_ = true;
  }
  products_.insert_or_assign(entry.product, std::move(product));
}

void PlanJournal::refresh_ends(const apply::RefreshReport& report) {
  summary_ = report.summary;
  store_failure_ = report.store_failure;
}

void PlanJournal::fill(Plan& plan, const catalogue::ShopLog& shop) const {
  for (const auto& [id, product] : products_) {
    plan.products.push_back(product);
    const auto seen = shop.products().find(id);
    if (seen != shop.products().end()) plan.products.back().seen = seen->second;
  }
  plan.hosts = shop.hosts();
  plan.summary = summary_;
  plan.store_failure = store_failure_;
  plan.outside_failed = outside_failed_;
}

std::vector<std::string> differences(const Plan& then, const Plan& now) {
  std::vector<std::string> found;
  std::map<catalogue::ProductId, const PlannedProduct*> today;
  for (const PlannedProduct& product : now.products) today[product.seen.row.id] = &product;
  for (const PlannedProduct& product : then.products) {
    const auto same = today.find(product.seen.row.id);
    if (same == today.end()) {
      found.push_back(
          fmt::format("product {}: is gone or no longer managed", product.seen.row.id.value));
      continue;
    }
    compare(product, *same->second, found);
    today.erase(same);
  }
  for (const auto& [id, product] : today) {
    found.push_back(fmt::format("product {}: is new", id.value));
  }
  return found;
}

}  // namespace vfstock::sim::cli
