#include "engine/panel/caching_panel.h"

#include <vector>

namespace vfstock::panel {
namespace {

/// The ids of `wanted` that `answers` does not hold yet and the memory cannot answer at `now`.
template <class Id, class Answered, class Memory>
std::vector<Id> unanswered(const std::vector<Id>& wanted, const Answered& answers,
                           const Memory& memory, Instant now) {
  std::vector<Id> open;
  for (const Id id : wanted) {
    if (answers.contains(id)) continue;
    const auto known = memory.find(id);
    if (known == memory.end() || known->second.until <= now) open.push_back(id);
  }
  return open;
}

template <class Id, class Answered, class Memory>
void recall(const std::vector<Id>& wanted, Answered& answers, const Memory& memory) {
  for (const Id id : wanted) {
    if (!answers.contains(id)) answers.emplace(id, memory.at(id).told);
  }
}

}  // namespace

Answers CachingPanel::ask(const Questions& questions, Milliseconds budget) {
  const Instant begin = clock_.now();
  Answers answers;
  for (Instant now = begin;; now = clock_.now()) {
    const Questions open{unanswered(questions.packages, answers.packages, packages_, now),
                         unanswered(questions.groups, answers.groups, groups_, now)};
    if (open.packages.empty() && open.groups.empty()) break;
    Answers told = inner_.ask(open, budget - (now - begin));
    remember(packages_, told.packages, now, lifetimes_.package);
    remember(groups_, told.groups, now, lifetimes_.group);
    answers.packages.merge(told.packages);
    answers.groups.merge(told.groups);
  }
  recall(questions.packages, answers.packages, packages_);
  recall(questions.groups, answers.groups, groups_);
  return answers;
}

Told<Connected> CachingPanel::connect(Milliseconds budget) { return inner_.connect(budget); }

template <class T>
std::chrono::seconds CachingPanel::lifetime(const Lookup<T>& lookup,
                                            std::chrono::seconds found) const {
  return lookup.match([&](const T&) { return found; }, [&](Missing) { return lifetimes_.missing; },
                      [](const Unavailable&) { return std::chrono::seconds{0}; });
}

template <class Id, class T>
void CachingPanel::remember(Memory<Id, T>& memory, const std::map<Id, Told<T>>& answers,
                            Instant asked, std::chrono::seconds found) const {
  for (const auto& [id, told] : answers) {
    const auto life = lifetime(told.lookup, found);
    if (life.count() > 0) {
      memory.insert_or_assign(id, Remembered<T>{told, asked + life});
    } else {
      memory.erase(id);
    }
  }
}

void CachingPanel::forget(std::span<const GroupId> groups) {
  for (const GroupId id : groups) groups_.erase(id);
}

void CachingPanel::forget_everything() {
  packages_.clear();
  groups_.clear();
}

}  // namespace vfstock::panel
