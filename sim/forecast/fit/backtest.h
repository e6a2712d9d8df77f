// How well a demand model would have covered the past: learnt from what had been seen by then,
// asked for what came next, scored by what came.
//
// The last third of a product's periods is held out and forecast in at most twelve steps; before
// each, everything is learnt anew. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/forecast/fit/demand_model.h"

namespace vfstock::sim::forecast::fit {

enum class Method { fitted, negative_binomial, poisson, last_month };
inline constexpr std::array methods{Method::fitted, Method::negative_binomial, Method::poisson,
                                    Method::last_month};
/// "fitted": the demand that a forecast simulates, negative binomial in batches; "negative
/// binomial" and "Poisson": the same regression on VPSes; "last month": what the thirty days before
/// held, period by period.
std::string name_of(Method method);

/// Of VPSes per period, summed over forecasts.
struct Score {
  std::int64_t forecasts = 0;
  std::int64_t within_50 = 0, within_80 = 0;
  double pinball = 0, ranked = 0;

  void add(const Score& other);
  double coverage_50() const { return share(static_cast<double>(within_50)); }
  double coverage_80() const { return share(static_cast<double>(within_80)); }
  double mean_pinball() const { return share(pinball); }
  double mean_ranked() const { return share(ranked); }

 private:
  double share(double sum) const {
    return forecasts == 0 ? 0 : sum / static_cast<double>(forecasts);
  }
};

/// One period that was held out.
struct Held {
  double from = 0;
  std::size_t vps = 0;
  std::array<std::size_t, 5> quantiles{};  // 10, 25, 50, 75, 90 % of the fitted model
};

struct Backtest {
  std::array<Score, methods.size()> scores;  // in the order of `methods`
  std::vector<Held> held;
};

/// Empty where there are too few periods to hold any out.
Backtest backtest_of(const Past& past);

}  // namespace vfstock::sim::forecast::fit
