#include "sim/cli/fault_log.h"

#include <set>

#include <fmt/format.h>

namespace vfstock::sim::cli {

namespace faults = mockpanel::faults;

namespace {

std::string ends(const std::string& id, std::int64_t fired) {
  return fmt::format("fault \"{}\" ends: fired {} time{}", id, fired, fired == 1 ? "" : "s");
}

/// Whether its count of firings is used up, or its one turn is past.
bool is_spent(const faults::Injector::Armed& armed) {
  const faults::Rule& rule = armed.rule;
  return (rule.count && armed.fired >= *rule.count) || (rule.nth && armed.matched >= *rule.nth);
}

}  // namespace

FaultLog::State FaultLog::state_of(const faults::Injector::Armed& armed,
                                   mockpanel::model::Time now) {
  const faults::Rule& rule = armed.rule;
  if ((rule.until && now >= *rule.until) || is_spent(armed)) return State::over;
  return rule.from && now < *rule.from ? State::waiting : State::on;
}

std::vector<std::string> FaultLog::news(const std::vector<faults::Injector::Armed>& rules,
                                        mockpanel::model::Time now) {
  std::vector<std::string> lines;
  std::set<std::string> present;
  for (const faults::Injector::Armed& armed : rules) {
    const std::string& id = armed.rule.id;
    present.insert(id);
    Known& known = known_[id];
    const State before = known.state;
    known = {state_of(armed, now), armed.fired};
    // What was over before anybody looked has begun all the same.
    if (before == State::waiting && (known.state == State::on || armed.fired > 0)) {
      lines.push_back(fmt::format("fault \"{}\" begins: {}", id, armed.rule.kind->name));
    }
    const bool begun = before == State::on || known.fired > 0;
    if (begun && before != State::over && known.state == State::over) {
      lines.push_back(ends(id, known.fired));
    }
  }
  std::erase_if(known_, [&](const auto& entry) {
    if (present.contains(entry.first)) return false;
    if (entry.second.state == State::on) lines.push_back(ends(entry.first, entry.second.fired));
    return true;
  });
  return lines;
}

}  // namespace vfstock::sim::cli
