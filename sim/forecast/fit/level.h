// A level that follows: an exponentially weighted mean of orders per busy hour, and how far off it
// has been.
//
// Pure functions.
#pragma once

#include <Eigen/Core>

#include "sim/forecast/fit/outlook.h"

namespace vfstock::sim::forecast::fit {

struct Known;

struct Level {
  double per_hour = 0;  // at the end of what is known
  Spread orders, vps;
};

/// `half_life` in periods; infinite: the mean of all since the last break.
Level level_of(const Known& known, double half_life);

/// What counts in [first, until) would have been on average at this rate.
Eigen::VectorXd means_at(const Known& known, double per_hour);
/// How much more than chance counts in [first, until) differ from these means: the variance that is
/// not Poisson's, as a squared share of the mean. Of orders; of VPSes, by batches of the known
/// sizes.
double order_dispersion(const Known& known, const Eigen::VectorXd& means);
double vps_dispersion(const Known& known, const Eigen::VectorXd& means);

}  // namespace vfstock::sim::forecast::fit
