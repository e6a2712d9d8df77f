// The published values that the simulator is held to, recomputed from formulas and exact chains.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/unit/forecast/loss_systems.h"

namespace vfstock::sim::forecast::known {
namespace {

/// To 1e-8, or to half of the last digit where fewer digits were published.
void expect_published(double found, double value, double last_digit) {
  EXPECT_NEAR(found, value, std::max(1e-8 * value, 0.5 * last_digit)) << value;
}

TEST(ErlangB, HasItsPublishedValues) {
  expect_published(erlang_b(1, 2), 0.2, 0);
  expect_published(erlang_b(5, 5), 0.284867821, 1e-9);
  expect_published(erlang_b(10, 15), 0.0364969455, 0);
  expect_published(erlang_b(50, 60), 0.0216684731, 0);
}

int used(const State& state, std::size_t hypervisor) {
  int places = 0;
  for (std::size_t kind = 0; kind < state[hypervisor].size(); ++kind) {
    places += (static_cast<int>(kind) + 1) * state[hypervisor][kind];
  }
  return places;
}

int size_of(std::size_t kind) { return static_cast<int>(kind) + 1; }

TEST(KaufmanRoberts, HasItsPublishedValuesAndAgreesWithTheChain) {
  const std::vector<Kind> kinds{{1, 2}, {2, 1}};
  const auto losses = kaufman_roberts(kinds, 5);
  expect_published(losses[0], 0.1721854305, 0);
  expect_published(losses[1], 0.3818984547, 0);
  const auto chain = markov_loss(kinds, 1, [](const State& state, std::size_t kind) {
    return used(state, 0) + size_of(kind) <= 5 ? 0 : -1;
  });
  EXPECT_NEAR(losses[0], chain[0], 1e-12);
  EXPECT_NEAR(losses[1], chain[1], 1e-12);
}

TEST(TrunkReservation, LosesBothSizesAlike) {
  const auto losses = markov_loss({{1, 2}, {2, 1}}, 1, [](const State& state, std::size_t kind) {
    const int reserve = kind == 0 ? 1 : 0;
    return used(state, 0) + size_of(kind) + reserve <= 5 ? 0 : -1;
  });
  expect_published(losses[0], 0.3352426892, 0);
  expect_published(losses[1], 0.3352426892, 0);
}

const std::vector<Kind> even_kinds{{1, 1}, {2, 1}};

TEST(TwoHypervisors, FirstFit) {
  const auto losses = markov_loss(even_kinds, 2, [](const State& state, std::size_t kind) {
    for (int h = 0; h < 2; ++h) {
      if (used(state, static_cast<std::size_t>(h)) + size_of(kind) <= 5) return h;
    }
    return -1;
  });
  expect_published(losses[0], 0.0028792584, 1e-10);
  expect_published(losses[1], 0.0242268619, 0);
}

TEST(TwoHypervisors, MostFreeFirst) {
  const auto losses = markov_loss(even_kinds, 2, [](const State& state, std::size_t kind) {
    const int host = used(state, 1) < used(state, 0) ? 1 : 0;
    return used(state, static_cast<std::size_t>(host)) + size_of(kind) <= 5 ? host : -1;
  });
  expect_published(losses[0], 0.0024836683, 1e-10);
  expect_published(losses[1], 0.0261566573, 0);
}

TEST(TwoHypervisors, Pooled) {
  const auto losses = kaufman_roberts(even_kinds, 10);
  expect_published(losses[0], 0.0050045175, 1e-10);
  expect_published(losses[1], 0.0150340722, 0);
}

TEST(SellOut, WithoutTerminationsIsErlang) {
  const auto by = [](double days) { return erlang_cumulated(10, days); };
  expect_published(moment_of(by, 0.1), 6.221305, 1e-6);
  expect_published(moment_of(by, 0.5), 9.668715, 1e-6);
  expect_published(moment_of(by, 0.9), 14.205990, 1e-6);
}

TEST(SellOut, OfABirthAndDeathProcess) {
  const BirthAndDeath shop(20, 50, 2, 30);
  const auto by = [&](double days) { return shop.filled_by(days); };
  expect_published(moment_of(by, 0.1), 21.566475, 1e-6);
  expect_published(moment_of(by, 0.5), 34.315999, 1e-6);
  expect_published(moment_of(by, 0.9), 55.996716, 1e-6);
  expect_published(by(60), 0.927738, 1e-6);
}

// Those who were there leave like coins that fall; those who come are a Poisson stream.
TEST(Occupancy, WithoutLimitIsPoissonAndBinomial) {
  const double stays = std::exp(-30.0 / 30);
  const double mean = 20 * stays + 2 * 30 * (1 - stays);
  const double variance = 20 * stays * (1 - stays) + 2 * 30 * (1 - stays);
  expect_published(mean, 45.28482, 1e-5);
  expect_published(variance, 42.57812, 1e-5);
}

TEST(Staleness, OfACopyIsTheMeanOfItsFreshness) {
  const double rate_times_period = 1;
  expect_published((1 - std::exp(-rate_times_period)) / rate_times_period, 0.632121, 1e-6);
}

}  // namespace
}  // namespace vfstock::sim::forecast::known
