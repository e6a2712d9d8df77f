#include "engine/panel/decorators/confirming_panel.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vfstock::panel {
namespace {

template <class Entries>
bool any_missing(const Entries& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const auto& entry) { return entry.second.lookup.is_missing(); });
}

// Each Missing rests on the probe's evidence, and stays if the probe vouched for it.
template <class Entries>
void judge(Entries& entries, const Told<Connected>& probe) {
  const Unavailable* doubt = probe.lookup.if_unavailable();
  for (auto& [id, told] : entries) {
    if (!told.lookup.is_missing()) continue;
    told.evidence.insert(told.evidence.end(), probe.evidence.begin(), probe.evidence.end());
    if (doubt != nullptr) told.lookup = *doubt;
  }
}

template <class Id, class T>
std::vector<Id> missing_of(const ById<Id, Told<T>>& entries) {
  std::vector<Id> ids;
  for (const auto& [id, told] : entries) {
    if (told.lookup.is_missing()) ids.push_back(id);
  }
  return ids;
}

// Two answers that contradict each other are none. What the second one asks for is heeded.
template <class T>
Lookup<T> both(const Lookup<T>& again) {
  return again.match(
      [](const T&) -> Lookup<T> {
        return Unavailable{Reason::unconfirmed, "404, but it was there when asked for once more"};
      },
      [](Missing missing) -> Lookup<T> { return missing; },
      [](const Unavailable& why) -> Lookup<T> {
        return Unavailable{Reason::unconfirmed,
                           fmt::format("404, but not when asked for once more: {}", why.detail),
                           why.retry_after};
      });
}

template <class Entries>
void take_second(Entries& entries, const Entries& again) {
  for (const auto& [id, second] : again) {
    auto& told = entries.at(id);
    told.lookup = both(second.lookup);
    told.evidence.insert(told.evidence.end(), second.evidence.begin(), second.evidence.end());
  }
}

}  // namespace

Answers ConfirmingPanel::ask(const Questions& questions, Milliseconds budget) {
  const Instant start = clock_.now();
  Answers answers = inner_.ask(questions, budget);
  if (!any_missing(answers.packages) && !any_missing(answers.groups)) return answers;
  const Told<Connected> vouched = probe(budget - (clock_.now() - start));
  judge(answers.packages, vouched);
  judge(answers.groups, vouched);
  const Questions once_more{missing_of(answers.packages), missing_of(answers.groups), true};
  if (once_more.packages.empty() && once_more.groups.empty()) return answers;
  const Answers again = inner_.ask(once_more, budget - (clock_.now() - start));
  take_second(answers.packages, again.packages);
  take_second(answers.groups, again.groups);
  return answers;
}

Told<Connected> ConfirmingPanel::connect(Milliseconds budget) { return inner_.connect(budget); }

Told<Connected> ConfirmingPanel::probe(Milliseconds budget) {
  if (budget <= Milliseconds{0}) {
    return {Unavailable{Reason::deadline, "404, and no time was left to confirm it"}, {}};
  }
  const Instant now = clock_.now();
  if (!any_time_ && last_probe_ && now - *last_probe_ < probe_interval_) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(*last_probe_ + probe_interval_ - now);
    return {Unavailable{Reason::probe_pending,
                        fmt::format("404, to be confirmed: the panel was probed less than {} s ago",
                                    probe_interval_.count()),
                        left},
            {}};
  }
  Told<Connected> told = inner_.connect(budget);
  // A probe that was never sent is none.
  if (!told.evidence.empty()) last_probe_ = now;
  if (const Unavailable* why = told.lookup.if_unavailable()) {
    told.lookup = Unavailable{
        Reason::unconfirmed,
        fmt::format("404, but the panel did not vouch for it: {}", why->detail), why->retry_after};
  }
  return told;
}

}  // namespace vfstock::panel
