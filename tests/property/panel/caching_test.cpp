// The cache against a plain model, through any sequence of questions, pauses and forgetting.
#include <map>
#include <optional>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/panel/decorators/caching_panel.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::panel {
namespace {

constexpr Milliseconds budget{120'000};
constexpr GroupId group{1};

enum class State { found, missing, unavailable };

void set(FakePanel& panel, State state) {
  switch (state) {
    case State::found:
      return panel.set(group, Lookup<GroupResources>::found({}));
    case State::missing:
      return panel.set(group, Missing{});
    case State::unavailable:
      return panel.set(group, Unavailable{Reason::deadline, "slow"});
  }
}

State state_of(const Lookup<GroupResources>& lookup) {
  return lookup.match([](const GroupResources&) { return State::found; },
                      [](Missing) { return State::missing; },
                      [](const Unavailable&) { return State::unavailable; });
}

RC_GTEST_PROP(Cache, AnswersFromMemoryExactlyAsLongAsItMay, ()) {
  FakeClock clock;
  FakePanel inner;
  CachingPanel cache(inner, clock, {});
  struct Known {
    State state;
    Instant until;
  };
  std::optional<Known> known;  // the model
  State truth = State::found;
  set(inner, truth);
  const int steps = *rc::gen::inRange(1, 60);
  for (int n = 0; n < steps; ++n) {
    clock.advance(*rc::gen::element(Milliseconds{0}, Milliseconds{1}, Milliseconds{59'999},
                                    Milliseconds{60'000}, Milliseconds{120'000}));
    const int what = *rc::gen::inRange(0, 8);
    if (what == 0) {
      cache.forget(std::vector{group});
      known.reset();
    } else if (what < 4) {
      truth = *rc::gen::element(State::found, State::missing, State::unavailable);
      set(inner, truth);
    } else {
      const std::size_t asked = inner.asked.size();
      const State told = state_of(cache.ask({{}, {group}}, budget).groups.at(group).lookup);
      const bool remembered = known && clock.now() < known->until;
      RC_ASSERT(told == (remembered ? known->state : truth));
      RC_ASSERT(inner.asked.size() == asked + (remembered ? 0 : 1));
      if (remembered) continue;
      known.reset();
      const std::chrono::seconds life{truth == State::found ? 120 : 60};
      if (truth != State::unavailable) known = Known{truth, clock.now() + life};
    }
  }
}

}  // namespace
}  // namespace vfstock::panel
