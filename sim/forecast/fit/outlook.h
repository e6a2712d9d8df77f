// What is to come, as one family of models says it: the family that the simulator draws from.
//
// Batches come by a Poisson process whose rate is a level at the end of the past, times the week's
// pattern, times growth, times levels of mean 1: one that is fixed (what is not known of the rate),
// one per period, and one that walks. Each candidate of the backtest is a choice of these figures,
// so whatever is chosen can be simulated as it was scored. The law of a total over a stretch is
// negative binomial in batches, with the mean and the variance that the simulator's totals have.
// Pure values.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/forecast/fit/count_law.h"
#include "sim/forecast/fit/past.h"
#include "sim/forecast/fit/pattern.h"

namespace vfstock::sim::forecast::fit {

/// Squared deviations of levels.
struct Spread {
  double fixed = 0;  // squared coefficient of variation of the whole future's level
  double brief = 0;  // the same of each period's
  double walk = 0;   // variance of the logarithm's step per period
};

struct Outlook {
  Period period = Period::day;
  double begin = 0;     // where the past ended
  double per_hour = 0;  // batches per busy hour
  double growth = 0;    // of the logarithm, per period
  Pattern pattern;
  SizeLaw sizes{1.0};  // at a size factor of 1
  Spread orders;       // of batches
  Spread vps;          // of VPSes: batches' and, beyond those, the mean size's
};

/// A stretch from the outlook's begin on, as far as it has been reached.
class Reach {
 public:
  /// Begins so many periods later.
  explicit Reach(const Outlook& outlook, std::size_t skipped = 0)
      : outlook_(outlook), periods_(static_cast<double>(skipped)) {}
  /// One more period, so many of whose busy hours are looked at.
  void add(double busy_hours);

  double batches() const { return mean_; }
  ScaledLaw batch_law() const;
  ScaledLaw vps_law() const;
  double mean_vps() const;
  /// Of the total of VPSes, relative to its mean; a Poisson total has 0.
  double vps_dispersion() const { return vps_.dispersion(outlook_.vps, mean_); }

 private:
  // E[total²] of the levels' product, period by period.
  struct Moments {
    double squares = 0;   // Σ of both orders of every pair
    double weighted = 0;  // Σ mean × e^(walk × steps)
    void add(const Spread& spread, double mean, double steps);
    double dispersion(const Spread& spread, double mean) const;
  };
  SizeLaw sizes() const;

  const Outlook& outlook_;
  double periods_, mean_ = 0;
  Moments orders_, vps_;
  std::array<double, 24> by_hour_{};
};

}  // namespace vfstock::sim::forecast::fit
