#include "engine/live/sync_plan.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/apply/apply.h"
#include "engine/sqlite/journal_file.h"

namespace vfstock::live {

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

bool failed_outside(apply::Outcome outcome, const plan::Decision& decision) {
  return outcome == apply::Outcome::kept && plan::is_transient(decision.why().cause);
}

SyncLine line(catalogue::ProductId product, std::int64_t now, apply::Outcome outcome,
              const plan::Decision& decision, const catalogue::ShopLog& seen) {
  SyncLine line;
  const auto known = seen.products().find(product);
  if (known != seen.products().end()) line.seen = known->second;
  line.action = action_of(outcome);
  line.now = now;
  if (const plan::SetQty* const set = decision.if_set()) line.next = set->set.qty();
  line.cause = plan::name(decision.why().cause);
  line.why = plan::to_text(decision.why());
  line.kept_for_now = failed_outside(outcome, decision);
  return line;
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

std::string next_text(const SyncLine& line) {
  return line.next ? std::to_string(*line.next) : "keep";
}

void compare(const SyncLine& then, const SyncLine& now, std::vector<std::string>& found) {
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
        fmt::format("product {}: the plan says {} ({}), its evidence and the shop say {} ({})", id,
                    next_text(then), then.action, next_text(now), now.action));
  }
}

}  // namespace

SyncPlan sync_plan(const plan::Plan& plan, const panel::LookupResults& answers,
                   const catalogue::ShopLog& seen) {
  SyncPlan result;
  for (const plan::PlannedProduct& planned : plan.products) {
    const apply::Outcome outcome = apply::intended(planned);
    result.lines.push_back(line(planned.row.id, planned.row.qty, outcome, planned.decision, seen));
    SyncLine& made = result.lines.back();
    if (const auto derivation = plan::derivation(planned.terms, answers)) {
      made.binding = sqlite::binding_of(derivation->breakdown);
    }
    apply::count(result.summary, outcome, made.next.value_or(made.now));
    result.outside_failed |= failed_outside(outcome, planned.decision);
  }
  result.hosts = seen.hosts();
  result.released = static_cast<std::int64_t>(plan.brake.released().size());
  return result;
}

SyncPlan sync_plan(const apply::RefreshReport& report,
                   const std::map<catalogue::ProductId, std::string>& bindings,
                   const catalogue::ShopLog& seen) {
  SyncPlan result;
  for (const apply::JournalEntry& entry : report.entries) {
    result.lines.push_back(line(entry.product, entry.old_qty, entry.outcome, entry.decision, seen));
    const auto binding = bindings.find(entry.product);
    if (binding != bindings.end()) result.lines.back().binding = binding->second;
    result.outside_failed |= failed_outside(entry.outcome, entry.decision);
  }
  result.hosts = seen.hosts();
  result.summary = report.summary;
  result.released = report.released;
  result.store_failure = report.store_failure;
  return result;
}

std::vector<std::string> differences(const SyncPlan& then, const SyncPlan& now) {
  std::vector<std::string> found;
  std::map<catalogue::ProductId, const SyncLine*> today;
  for (const SyncLine& line : now.lines) today[line.seen.row.id] = &line;
  for (const SyncLine& line : then.lines) {
    const auto same = today.find(line.seen.row.id);
    if (same == today.end()) {
      found.push_back(
          fmt::format("product {}: is gone or no longer managed", line.seen.row.id.value));
      continue;
    }
    compare(line, *same->second, found);
    today.erase(same);
  }
  for (const auto& [id, line] : today) {
    found.push_back(fmt::format("product {}: is new", id.value));
  }
  return found;
}

}  // namespace vfstock::live
