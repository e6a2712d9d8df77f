#include "engine/live/patient_panel.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace vfstock::live {

namespace {

using panel::Reason;

// What is left of a window is told in whole seconds, and clocks differ.
constexpr std::chrono::seconds margin{1};

/// How long the panel asked to be left alone with what it answered here; nullopt: it did not.
template <class T>
std::optional<std::chrono::seconds> wish(const panel::Lookup<T>& lookup) {
  const panel::Unavailable* const why = lookup.if_unavailable();
  return why == nullptr ? std::nullopt : why->retry_after;
}

template <class T>
bool is_put_off(const panel::Lookup<T>& lookup) {
  const panel::Unavailable* const why = lookup.if_unavailable();
  return why != nullptr && (why->retry_after || why->reason == Reason::backing_off);
}

/// What of one kind is to be asked once more, and how long the panel wants to be left alone.
template <class Id, class T>
std::vector<Id> put_off(const panel::ById<Id, panel::Told<T>>& answers,
                        std::optional<std::chrono::seconds>& wait) {
  std::vector<Id> ids;
  for (const auto& [id, told] : answers) {
    if (!is_put_off(told.lookup)) continue;
    ids.push_back(id);
    if (const auto asked = wish(told.lookup)) wait = std::max(asked, wait);
  }
  return ids;
}

template <class Entries>
void take(Entries& answers, Entries& again) {
  for (auto& [id, told] : again) answers.at(id) = std::move(told);
}

}  // namespace

panel::Answers PatientPanel::ask(const panel::Questions& questions, Milliseconds budget) {
  const Instant end = clock_.now() + budget;
  panel::Answers answers = inner_.ask(questions, budget);
  for (;;) {
    std::optional<std::chrono::seconds> wait;
    panel::Questions rest{put_off(answers.packages, wait), put_off(answers.groups, wait),
                          questions.afresh};
    if (!wait || clock_.now() + *wait + margin >= end) return answers;
    sleep_(*wait + (wait->count() > 0 ? margin : std::chrono::seconds{0}));
    panel::Answers again = inner_.ask(rest, end - clock_.now());
    take(answers.packages, again.packages);
    take(answers.groups, again.groups);
    // A wish for no time at all is granted once; who repeats it is left for the next run.
    if (wait->count() <= 0) return answers;
  }
}

panel::Told<panel::Connected> PatientPanel::connect(Milliseconds budget) {
  const Instant end = clock_.now() + budget;
  panel::Told<panel::Connected> told = inner_.connect(budget);
  const auto wait = wish(told.lookup);
  if (!wait || clock_.now() + *wait + margin >= end) return told;
  sleep_(*wait + margin);
  return inner_.connect(end - clock_.now());
}

}  // namespace vfstock::live
