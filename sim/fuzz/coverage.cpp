#include "sim/fuzz/coverage.h"

#include <variant>

#include "engine/apply/journal.h"
#include "engine/plan/decision.h"
#include "sim/invariants/target.h"

namespace vfstock::sim::fuzz {
namespace {

using invariants::Target;

constexpr std::string_view patience_wanted = "the panel asks to be left alone";
constexpr std::string_view slow = "a refresh of a minute or more";
constexpr std::string_view later_page = "a page beyond the first";
constexpr std::string_view vouched = "GET /connect vouches for a 404";
constexpr std::string_view not_vouched = "GET /connect does not vouch for a 404";
constexpr std::string_view accepted = "an order is accepted";
constexpr std::string_view accepted_no_more = "an order is no longer to be accepted";
constexpr std::string_view restarted = "a restart";
constexpr std::string_view restarted_bare = "a restart without state";
constexpr std::string_view clock_forward = "the calendar is set forward";
constexpr std::string_view clock_back = "the calendar is set back";
constexpr std::string_view event_blind = "an event while the shop cannot be read";
constexpr std::string_view truth_gone = "a record that is truly gone";

std::string decision_path(const std::string& cause) { return "decision: " + cause; }
std::string outcome_path(const std::string& outcome) { return "outcome: " + outcome; }
std::string trigger_path(const std::string& trigger) { return "trigger: " + trigger; }

Phase phase_of(const Target& target) {
  if (target.about == Target::About::package) return Phase::package;
  if (target.about == Target::About::connection) return Phase::probe;
  return target.page > 1 ? Phase::later_page : Phase::first_page;
}

void add_paths_of_decisions(std::vector<std::string>& all) {
  using plan::Cause;
  for (const Cause cause :
       {Cause::capacity, Cause::ceiling, Cause::package_missing, Cause::package_disabled,
        Cause::group_missing, Cause::no_package, Cause::no_groups, Cause::several_panels,
        Cause::unbounded, Cause::package_unavailable, Cause::group_unavailable,
        Cause::store_failed}) {
    all.push_back(decision_path(std::string(plan::name(cause))));
  }
  using apply::Outcome;
  for (const Outcome outcome : {Outcome::wrote, Outcome::unchanged, Outcome::kept, Outcome::held}) {
    all.push_back(outcome_path(std::string(apply::name(outcome))));
  }
  using apply::Trigger;
  for (const Trigger trigger :
       {Trigger::module_create, Trigger::module_terminate, Trigger::module_change_package,
        Trigger::cron, Trigger::cart, Trigger::recalculate, Trigger::trailing, Trigger::deletion,
        Trigger::retry, Trigger::brake, Trigger::first_sweep}) {
    all.push_back(trigger_path(std::string(apply::name(trigger))));
  }
}

}  // namespace

std::string_view name(Phase phase) noexcept {
  constexpr std::array<std::string_view, phases> names{"package", "page 1", "page 2+", "probe"};
  return names[static_cast<std::size_t>(phase)];
}

std::string_view name(CacheState state) noexcept {
  constexpr std::array<std::string_view, cache_states> names{"cold", "expired", "forgotten",
                                                             "failed"};
  return names[static_cast<std::size_t>(state)];
}

const std::vector<std::string>& rare_paths() {
  static const std::vector<std::string> paths = [] {
    std::vector<std::string> all;
    add_paths_of_decisions(all);
    for (const std::string_view path :
         {patience_wanted, slow, later_page, vouched, not_vouched, accepted, accepted_no_more,
          restarted, restarted_bare, clock_forward, clock_back, event_blind, truth_gone}) {
      all.emplace_back(path);
    }
    return all;
  }();
  return paths;
}

void Coverage::add(const Coverage& other) {
  for (const auto& [fault, cells] : other.faults) {
    Cells& mine = faults[fault];
    for (std::size_t phase = 0; phase < phases; ++phase) {
      for (std::size_t state = 0; state < cache_states; ++state) {
        mine[phase][state] += cells[phase][state];
      }
    }
  }
  for (const auto& [path, visits] : other.probes) probes[path] += visits;
}

void CoverageWatch::watch(const invariants::Record& record) {
  if (const auto* exchange = std::get_if<invariants::Exchanged>(&record)) return note(*exchange);
  if (const auto* entry = std::get_if<invariants::Journalled>(&record)) {
    visit(decision_path(entry->cause));
    return visit(outcome_path(entry->outcome));
  }
  if (const auto* begins = std::get_if<invariants::RefreshBegins>(&record)) {
    began_ = begins->at;
    return visit(trigger_path(begins->trigger));
  }
  if (const auto* ends = std::get_if<invariants::RefreshEnds>(&record)) {
    if (ends->at - began_ >= std::chrono::minutes{1}) visit(slow);
  } else if (const auto* hook = std::get_if<invariants::Hook>(&record)) {
    if (!hook->name.starts_with("AfterModule")) return;
    for (auto& [path, known] : memory_) known.forgotten = true;
    if (!hook->shop_readable) visit(event_blind);
  } else if (const auto* order = std::get_if<invariants::Accepting>(&record)) {
    visit(order->accepted ? accepted : accepted_no_more);
  } else if (const auto* restart = std::get_if<invariants::Restarted>(&record)) {
    memory_.clear();
    visit(restart->state_lost ? restarted_bare : restarted);
  } else if (const auto* step = std::get_if<invariants::ClockStepped>(&record)) {
    visit(step->by.count() < 0 ? clock_back : clock_forward);
  }
}

void CoverageWatch::note(const invariants::Exchanged& exchange) {
  const Target target = invariants::read_target(exchange.target);
  const Phase phase = phase_of(target);
  Memory& known = memory_[exchange.target];
  if (!exchange.fault.empty()) {
    const CacheState state = known.failed                     ? CacheState::failed
                             : known.known && known.forgotten ? CacheState::forgotten
                             : known.known                    ? CacheState::expired
                                                              : CacheState::cold;
    const std::string fault = exchange.fault.substr(0, exchange.fault.find(" #"));
    ++coverage_.faults[fault][static_cast<std::size_t>(phase)][static_cast<std::size_t>(state)];
  }
  const bool answered = exchange.whole && exchange.status == 200;
  known.failed = !answered;
  if (answered) known = {true, false, false};
  if (phase == Phase::later_page) visit(later_page);
  if (phase == Phase::probe) visit(answered ? vouched : not_vouched);
  if (exchange.status == 404 && exchange.fault.empty()) visit(truth_gone);
  for (const auto& [header, value] : exchange.headers) {
    if (header == "Retry-After") visit(patience_wanted);
  }
}

}  // namespace vfstock::sim::fuzz
