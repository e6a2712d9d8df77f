#include "mockpanel/faults/chance.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/injector.h"

namespace vfstock::mockpanel::faults {
namespace {

using namespace std::chrono_literals;

model::World& calm_world() {
  static model::World world;
  return world;
}

api::Request get(std::string path) {
  api::Request request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

Rule by_chance(std::string id, double probability, std::int64_t seed) {
  Rule rule;
  rule.id = std::move(id);
  rule.probability = probability;
  rule.seed = seed;
  return rule;
}

std::string fired(Injector& injector, int requests, const std::string& path) {
  std::string ids;
  for (int i = 0; i < requests; ++i) {
    const Rule* const decides = injector.judge(get(path), 0ms);
    ids += decides == nullptr ? "-" : decides->id;
  }
  return ids;
}

TEST(Chance, NeverAndAlways) {
  for (std::int64_t ordinal = 1; ordinal <= 10'000; ++ordinal) {
    EXPECT_FALSE(strikes(0.0, 1, "a", "GET /x", ordinal));
    EXPECT_TRUE(strikes(1.0, 1, "a", "GET /x", ordinal));
  }
}

/// Six standard deviations: a sound hash misses this once in 500 million tests, and the verdicts
/// are the same in every run.
TEST(Chance, TheRateLiesWithinItsBinomialBound) {
  constexpr int trials = 100'000;
  for (const double probability : {0.001, 0.01, 0.1, 0.3, 0.5, 0.9}) {
    for (const std::int64_t seed : {0, 1, 2, 42}) {
      int struck = 0;
      for (int ordinal = 1; ordinal <= trials; ++ordinal) {
        struck += strikes(probability, seed, "fault-1", "GET /packages/1 1", ordinal) ? 1 : 0;
      }
      const double deviation = std::sqrt(trials * probability * (1 - probability));
      EXPECT_NEAR(struck, trials * probability, 6 * deviation) << probability << " seed " << seed;
    }
  }
}

TEST(Chance, RulesAndRoutesAreIndependent) {
  constexpr int trials = 100'000;
  int both = 0;
  for (int ordinal = 1; ordinal <= trials; ++ordinal) {
    const bool a = strikes(0.5, 1, "a", "GET /packages/1 1", ordinal);
    both += a && strikes(0.5, 1, "b", "GET /packages/1 1", ordinal) ? 1 : 0;
    both += a && strikes(0.5, 1, "a", "GET /packages/2 1", ordinal) ? 1 : 0;
    both += a && strikes(0.5, 2, "a", "GET /packages/1 1", ordinal) ? 1 : 0;
    both += a && strikes(0.5, 1, "a", "GET /packages/1 1", ordinal + trials) ? 1 : 0;
  }
  EXPECT_NEAR(both, trials, 6 * std::sqrt(4 * trials * 0.25 * 0.75));
}

TEST(Chance, TheSameSeedMeansTheSameFaults) {
  Injector one(calm_world());
  one.add(by_chance("a", 0.3, 42));
  Injector other(calm_world());
  other.add(by_chance("a", 0.3, 42));
  EXPECT_EQ(fired(one, 200, "/packages/1"), fired(other, 200, "/packages/1"));
  Injector third(calm_world());
  third.add(by_chance("a", 0.3, 43));
  EXPECT_NE(fired(other, 200, "/packages/1"), fired(third, 200, "/packages/1"));
}

TEST(Chance, AddingARuleOrRacingTwoRequestsShiftsNothing) {
  Injector alone(calm_world());
  alone.add(by_chance("b", 0.5, 1));
  const std::string without = fired(alone, 100, "/packages/1");

  Injector together(calm_world());
  together.add(by_chance("a", 0.5, 1));
  together.add(by_chance("b", 0.5, 1));
  std::string with;
  for (int i = 0; i < 100; ++i) {
    fired(together, i % 3, "/packages/2");
    const Rule* const decides = together.judge(get("/packages/1"), 0ms);
    with += decides == nullptr ? "-" : decides->id;
  }
  // Where "a" decided, "b" is not seen.
  for (std::size_t i = 0; i < with.size(); ++i) {
    if (with[i] == 'a') continue;
    EXPECT_EQ(with[i], without[i]) << i;
  }
}

TEST(Chance, TheOtherConditionsShiftNothing) {
  Injector free(calm_world());
  free.add(by_chance("a", 0.5, 1));
  const std::string all = fired(free, 100, "/packages/1");
  Rule rule = by_chance("a", 0.5, 1);
  rule.every = 2;
  Injector bound(calm_world());
  bound.add(rule);
  const std::string even = fired(bound, 100, "/packages/1");
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(even[i], i % 2 == 1 ? all[i] : '-') << i;
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
