#include "engine/panel/decorators/resuming_panel.h"

#include <algorithm>

namespace vfstock::panel {
namespace {

template <class Id>
std::vector<Id> these_first(std::vector<Id> ids, const std::set<Id>& first) {
  std::stable_partition(ids.begin(), ids.end(), [&](Id id) { return first.contains(id); });
  return ids;
}

// Refused for want of time or patience, not for what was answered about it.
template <class T>
bool was_put_off(const Lookup<T>& lookup) {
  const Unavailable* const why = lookup.if_unavailable();
  return why != nullptr && (why->reason == Reason::backing_off || why->reason == Reason::deadline ||
                            why->reason == Reason::throttled);
}

template <class Id, class T>
void take_note(const ById<Id, Told<T>>& answers, std::set<Id>& unasked) {
  for (const auto& [id, told] : answers) {
    if (was_put_off(told.lookup)) {
      unasked.insert(id);
    } else if (!unasked.empty()) {
      unasked.erase(id);
    }
  }
}

}  // namespace

Answers ResumingPanel::ask(const Questions& questions, Milliseconds budget) {
  const bool as_they_come = unasked_.packages.empty() && unasked_.groups.empty();
  Answers answers =
      as_they_come ? inner_.ask(questions, budget)
                   : inner_.ask({these_first(questions.packages, unasked_.packages),
                                 these_first(questions.groups, unasked_.groups), questions.afresh},
                                budget);
  take_note(answers.packages, unasked_.packages);
  take_note(answers.groups, unasked_.groups);
  return answers;
}

}  // namespace vfstock::panel
