// How many of a mix fit together.
#include "sim/forecast/mix.h"

#include <gtest/gtest.h>

#include "tests/integration/forecast/small_plans.h"

namespace vfstock::sim::forecast {
namespace {

MixFit fit_of(const std::vector<std::int64_t>& capacities, const std::vector<Size>& sizes,
              const std::vector<double>& weights) {
  Plan plan = loss_plan(capacities, sizes);
  plan.mix.emplace();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    plan.mix->products.push_back({{static_cast<std::int64_t>(i) + 1}, weights[i]});
  }
  const Scene scene(plan);
  return fitting_mix(scene, scene.fleet, scene.offers);
}

// 40 % of size 1 and 60 % of size 2 take 1.6 places each: 10 of them 16 places.
TEST(Mix, ProductsThatShareAFleetAreAlternatives) {
  const MixFit fit = fit_of({16}, {{1, 1}, {2, 1}}, {40, 60});
  EXPECT_EQ(fit.total, 10);
  EXPECT_EQ(fit.together, (std::vector<std::int64_t>{4, 6}));
  EXPECT_EQ(fit.alone, (std::vector<std::int64_t>{16, 8}));
  EXPECT_EQ(fit.dimension, 0) << "memory binds";
}

TEST(Mix, FragmentsOfHypervisorsDoNotAddUp) {
  const MixFit fit = fit_of({5, 5}, {{3, 1}}, {1});
  EXPECT_EQ(fit.total, 2);
  EXPECT_EQ(fit.stopped_by, 0);
}

TEST(Mix, BuffersAreHeldBack) { EXPECT_EQ(fit_of({10}, {{1, 1, "20"}}, {1}).total, 8); }

TEST(Mix, OnADateWhatRunsThenIsCounted) {
  Plan plan = loss_plan({10}, {{1, 100}});
  plan.streams[0].life = Law();
  plan.horizon = 2 * day;
  plan.mix = MixQuestion{{{{1}, 1}}, day};
  EXPECT_EQ(outcomes_of(plan, 1).front().mix, 0) << "a hundred orders a day fill ten places";
  plan.streams[0].rate.per_day = 0;
  EXPECT_EQ(outcomes_of(plan, 1).front().mix, 10);
}

}  // namespace
}  // namespace vfstock::sim::forecast
