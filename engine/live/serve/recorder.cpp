#include "engine/live/serve/recorder.h"

#include <algorithm>
#include <set>

#include "engine/sqlite/journal_file.h"

namespace vfstock::serve {
namespace {

/// Whether nothing but what the row says itself, or a response of the panel, has settled it.
bool is_confirmed(const plan::Decision& decision) {
  return decision.if_set() != nullptr || !plan::is_transient(decision.why().cause);
}

GroupView group_view(panel::GroupId id, const panel::Told<panel::GroupResources>* told) {
  GroupView view{.id = id.value};
  if (told == nullptr) return view;
  view.known = told->lookup.match([](const auto&) { return true; },
                                  [](const panel::Missing&) { return true; },
                                  [](const panel::Unavailable&) { return false; });
  view.capacity = 0;  // of a group that is gone
  return view;
}

bool is_found(const panel::Told<panel::GroupResources>* told) {
  return told != nullptr && told->lookup.if_found() != nullptr;
}

}  // namespace

void Recorder::tell(Role role, const PanelView& panel) {
  view_.role = role;
  view_.panel = panel;
  view_.trouble.clear();
  observers_.metrics.publish(view_);
  observers_.board.publish(view_);
}

const panel::Questions& Recorder::questions(const plan::Shop& shop, const plan::Scope& scope) {
  return planner_.questions(shop, scope);
}

const plan::Plan& Recorder::plan(const plan::Shop& shop, const panel::LookupResults& answers,
                                 const plan::Brake& brake, const plan::Request& request) {
  const plan::Plan& made = planner_.plan(shop, answers, brake, request);
  counted_.clear();
  for (const plan::PlannedProduct& planned : made.products) note_count(planned, answers);
  return made;
}

// The derivation tells of the groups that were found, in the order of the terms.
void Recorder::note_count(const plan::PlannedProduct& planned,
                          const panel::LookupResults& answers) {
  const auto derived = plan::derivation(planned.terms, answers);
  if (!derived) return;
  Counted& counted = counted_[planned.row.id.value];
  counted.binding = sqlite::binding_of(derived->breakdown);
  const std::vector<capacity::GroupBreakdown>& groups = derived->breakdown.groups;
  auto found = groups.begin();
  for (const panel::GroupId id : planned.terms.groups) {
    const auto* const told = answers.group(id);
    GroupView view = group_view(id, told);
    if (is_found(told) && found != groups.end()) {
      const capacity::Count capacity = (found++)->capacity;
      view.capacity = capacity.is_unlimited() ? std::nullopt : std::optional(capacity.places());
    }
    counted.groups.push_back(view);
  }
}

void Recorder::refresh_begins(apply::Trigger trigger, const plan::Scope& scope) {
  observers_.heart.beat();
  journal_.refresh_begins(trigger, scope);
  trigger_ = trigger;
  is_sweep_ = scope.is_all();
  if (is_sweep_) view_.sweep.kept.clear();
  began_ = observers_.clock.now();
}

void Recorder::record(const apply::JournalEntry& entry) {
  observers_.heart.beat();
  journal_.record(entry);
  const plan::Why& why = entry.decision.why();
  observers_.metrics.decision(apply::name(entry.outcome), plan::name(why.cause));
  const std::int64_t id = entry.product.value;
  ProductView& product = view_.products[id];
  const auto seen = shop_.products().find(entry.product);
  if (seen != shop_.products().end()) product.name = seen->second.row.name;
  const bool wrote = entry.outcome == apply::Outcome::wrote;
  product.id = id;
  product.qty = wrote ? entry.new_qty : entry.old_qty;
  product.is_set = entry.decision.if_set() != nullptr;
  product.cause = plan::name(why.cause);
  product.why = plan::to_text(why);
  product.outcome = apply::name(entry.outcome);
  product.trigger = apply::name(trigger_);
  product.decided = entry.wall;
  if (is_confirmed(entry.decision)) product.confirmed = entry.wall;
  if (const auto counted = counted_.find(id); product.is_set && counted != counted_.end()) {
    product.groups = counted->second.groups;
    product.binding = counted->second.binding;
  }
  note_kept(entry);
  if (!wrote) return;
  product.changed = entry.wall;
  observers_.log.say(Level::info, "product.written",
                     {{"product", id},
                      {"from", entry.old_qty},
                      {"to", entry.new_qty},
                      {"cause", product.cause},
                      {"trigger", product.trigger},
                      {"why", product.why}});
}

void Recorder::note_kept(const apply::JournalEntry& entry) {
  std::set<std::int64_t>& kept = view_.sweep.kept;
  if (entry.outcome != apply::Outcome::kept || !plan::is_transient(entry.decision.why().cause)) {
    kept.erase(entry.product.value);
  } else if (is_sweep_) {
    kept.insert(entry.product.value);
  }
}

void Recorder::refresh_ends(const apply::RefreshReport& report) {
  journal_.refresh_ends(report);
  if (is_sweep_) {
    if (!report.store_failure) forget_products_that_are_gone(report);
    note_sweep(report);
  } else {
    note_try();
  }
  view_.held = held_products(view_);
  observers_.metrics.publish(view_);
  observers_.board.publish(view_);
}

void Recorder::forget_products_that_are_gone(const apply::RefreshReport& report) {
  std::set<std::int64_t> managed;
  for (const apply::JournalEntry& entry : report.entries) managed.insert(entry.product.value);
  std::erase_if(view_.products,
                [&](const auto& product) { return !managed.contains(product.first); });
}

void Recorder::note_sweep(const apply::RefreshReport& report) {
  const WallTime now = observers_.clock.wall();
  const bool succeeded = !report.store_failure && view_.sweep.kept.empty();
  const Milliseconds took = observers_.clock.now() - began_;
  observers_.metrics.sweep(apply::name(trigger_), succeeded, took);
  SweepView& sweep = view_.sweep;
  sweep.attempted = now;
  if (succeeded) sweep.succeeded = now;
  sweep.consecutive_failures = succeeded ? 0 : sweep.consecutive_failures + 1;
  sweep.failure = report.store_failure.value_or(
      succeeded ? "" : "some products were kept, because the panel or the shop failed");
  kept_some_ = !report.store_failure && !succeeded;
  for (const WallTime received : awaited_) {
    observers_.metrics.event_written(std::max(now - received, Milliseconds{0}));
  }
  awaited_.clear();
  const apply::Summary& s = report.summary;
  observers_.log.say(succeeded ? Level::info : Level::warning, "sweep",
                     {{"trigger", std::string(apply::name(trigger_))},
                      {"result", std::string(succeeded ? "success" : "failure")},
                      {"total", s.total},
                      {"updated", s.updated},
                      {"zeroed", s.zeroed},
                      {"unchanged", s.unchanged},
                      {"skipped", s.skipped},
                      {"held", s.held},
                      {"ms", took.count()},
                      {"failure", sweep.failure}});
}

// What a sweep could not decide is tried again product by product.
void Recorder::note_try() {
  if (!kept_some_ || !view_.sweep.kept.empty()) return;
  kept_some_ = false;
  view_.sweep.succeeded = observers_.clock.wall();
  view_.sweep.consecutive_failures = 0;
  view_.sweep.failure.clear();
  observers_.log.say(Level::notice, "sweep.made_good");
}

void Recorder::accepted(const apply::Acceptance& acceptance) {
  journal_.accepted(acceptance);
  const bool failed = acceptance.outcome == apply::Acceptance::Outcome::failed;
  observers_.log.say(failed ? Level::warning : Level::info, "order",
                     {{"service", acceptance.service.value},
                      {"order", acceptance.order.value},
                      {"outcome", std::string(apply::name(acceptance.outcome))},
                      {"text", acceptance.text}});
}

void Recorder::trouble(const std::string& text) {
  journal_.trouble(text);
  observers_.log.say(Level::warning, "trouble", {{"text", text}});
}

}  // namespace vfstock::serve
