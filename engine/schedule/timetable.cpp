#include "engine/schedule/timetable.h"

#include <chrono>
#include <utility>

namespace vfstock::schedule {
namespace {

void earliest(std::optional<Instant>& first, std::optional<Instant> other) {
  if (other && (!first || *other < *first)) first = other;
}

}  // namespace

void Timetable::begin(Instant now, const plan::Policy& policy) {
  limits.begin_all(now);
  first_sweep = now + policy.first_sweep_after;
}

std::optional<Instant> Timetable::next_due() const {
  std::optional<Instant> next = first_sweep;
  if (event_waits) earliest(next, limits.end(event_key));
  for (const Deletion& deletion : deletions) earliest(next, deletion.due);
  earliest(next, retries.next());
  earliest(next, brake.next_look());
  return next;
}

void Timetable::take_up(const Remembered& known, const Now& now, const plan::Policy& policy) {
  for (const auto& [key, began] : known.windows) limits.restore(key, now.past(began));
  event_waits = known.event_waits;
  for (const Remembered::Deletion& deletion : known.deletions) {
    deletions.push_back({now.ahead(deletion.due, policy.delete_grace), deletion.groups});
  }
  if (policy.retry_unavailable) {
    for (const auto& [product, retry] : known.retries) {
      retries.restore(product, {now.ahead(retry.due, retries.longest_delay()), retry.delay});
    }
    if (known.sweep_retry) {
      retries.restore_sweep(
          {now.ahead(known.sweep_retry->due, retries.longest_delay()), known.sweep_retry->delay});
    }
  }
  plan::Brake::Held held;
  for (const auto& [product, hold] : known.braked) {
    held.emplace(product, hold.steady ? now.past(hold.since, *hold.steady) : now.past(hold.since));
  }
  brake.restore(std::move(held), {known.emptied.begin(), known.emptied.end()});
}

void Timetable::add_to(Remembered& memory, const Now& now) const {
  for (const auto& [key, began] : limits.running(now.instant)) {
    memory.windows.emplace(key, now.wall_of(began));
  }
  memory.event_waits = event_waits;
  for (const Deletion& deletion : deletions) {
    memory.deletions.push_back({now.wall_of(deletion.due), deletion.groups});
  }
  for (const auto& [product, retry] : retries.products()) {
    memory.retries.emplace(product, Remembered::Retry{now.wall_of(retry.due), retry.delay});
  }
  if (const auto& sweep_retry = retries.sweep()) {
    memory.sweep_retry = Remembered::Retry{now.wall_of(sweep_retry->due), sweep_retry->delay};
  } else if (sweeping) {
    memory.sweep_retry = Remembered::Retry{now.wall + retries.first_delay(), retries.first_delay()};
  }
  for (const auto& [product, since] : brake.held()) {
    memory.braked.emplace(product, Remembered::Hold{now.wall_of(since), since});
  }
  memory.emptied.assign(brake.emptied().begin(), brake.emptied().end());
}

}  // namespace vfstock::schedule
