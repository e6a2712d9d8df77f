#include "engine/panel/decorators/backoff_panel.h"

#include <algorithm>

#include <fmt/format.h>

namespace vfstock::panel {

Answers BackoffPanel::ask(const Questions& questions, Milliseconds budget) {
  if (const auto why = refusal()) {
    Answers answers;
    for (const PackageId id : questions.packages) {
      answers.packages.try_emplace(id, Told<Package>{*why, {}});
    }
    for (const GroupId id : questions.groups) {
      answers.groups.try_emplace(id, Told<GroupResources>{*why, {}});
    }
    return answers;
  }
  Answers answers = inner_.ask(questions, budget);
  for (const auto& [id, told] : answers.packages) take_note(told.lookup);
  for (const auto& [id, told] : answers.groups) take_note(told.lookup);
  return answers;
}

Told<Connected> BackoffPanel::connect(Milliseconds budget) {
  if (const auto why = refusal()) return {*why, {}};
  Told<Connected> told = inner_.connect(budget);
  take_note(told.lookup);
  return told;
}

void BackoffPanel::stay_quiet_until(Instant moment) noexcept {
  quiet_until_ = std::max(quiet_until_, moment);
}

std::optional<Unavailable> BackoffPanel::refusal() const {
  const Instant now = clock_.now();
  if (now >= quiet_until_) return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::seconds>(quiet_until_ - now);
  return Unavailable{
      Reason::backing_off,
      fmt::format("not asked: the panel wants to be left alone for {} s more", left.count()), left};
}

template <class T>
void BackoffPanel::take_note(const Lookup<T>& lookup) {
  const Unavailable* const why = lookup.if_unavailable();
  if (why != nullptr && why->retry_after) stay_quiet_until(clock_.now() + *why->retry_after);
}

}  // namespace vfstock::panel
