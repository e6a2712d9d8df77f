// How well each model would have covered the past, and the one that is to be used.
//
// From moments spread over the last two thirds of a product's past everything is learnt from what
// was known then and asked for what came next: totals over stretches up to the lead time, the day
// on which a stock would have been sold out, and each period by itself. What counts as fitted at a
// moment is the mixture that the scores until then make, so its score is one that could have been
// had. The last third is reported. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/forecast/fit/learn.h"
#include "sim/forecast/fit/mixture.h"
#include "sim/forecast/fit/scores.h"

namespace vfstock::sim::forecast::fit {

/// Of counts, summed over forecasts.
struct Score {
  std::int64_t forecasts = 0;
  std::int64_t within_50 = 0, within_80 = 0, within_90 = 0;
  double pinball = 0, ranked = 0;

  void add(const ScaledLaw& law, double observed);
  void add(const Score& other);
  double coverage_50() const { return share(static_cast<double>(within_50)); }
  double coverage_80() const { return share(static_cast<double>(within_80)); }
  double coverage_90() const { return share(static_cast<double>(within_90)); }
  double mean_pinball() const { return share(pinball); }
  double mean_ranked() const { return share(ranked); }

 private:
  double share(double sum) const {
    return forecasts == 0 ? 0 : sum / static_cast<double>(forecasts);
  }
};

/// One model's scores.
struct Marks {
  Score periods;        // VPSes of one period
  Score totals;         // VPSes over the lead time
  double sell_out = 0;  // CRPS of the sell-out's moment, as shares of the lead time, summed

  void add(const Marks& other);
};

/// One period that was held out.
struct Held {
  double from = 0;
  double vps = 0, batches = 0;
  double expected = 0;  // VPSes, by the fitted model
  // By the fitted model: 5, 10, 25, 50, 75, 90, 95 % of VPSes, and of batches.
  std::array<double, 7> quantiles{}, batch_quantiles{};
};

struct Backtest {
  std::size_t lead = 0;                       // periods; 0: too few periods to hold any out
  Marks fitted;                               // the mixture as it was at each moment
  std::array<Marks, methods.size()> marks{};  // in the order of `methods`
  Score batches;                              // the fitted model's of one period
  Pit pit;                                    // the same of VPSes
  std::int64_t sell_outs = 0, sell_outs_within_80 = 0;  // of those that came within the lead time
  std::vector<Held> held;
  // What the whole past says of the candidates.
  Weights weights{};
  Calibration calibration;
  Method best = Method::level_slow;

  void add(const Backtest& other);  // all but `held` and the last three
};

/// `moments`: how many are looked at, at most.
Backtest backtest_of(const Past& past, std::size_t lead, std::size_t moments);

/// Everything before a period, with its pattern, its breaks and its sizes.
Known known_at(const Past& past, std::size_t until, std::size_t lead, PatternCounts& counts);

}  // namespace vfstock::sim::forecast::fit
