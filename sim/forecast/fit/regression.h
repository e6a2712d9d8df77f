// Regression of counts on what may explain them, with a log-linear mean: Poisson, and the negative
// binomial whose variance is mean + dispersion × mean² (a gamma level around each mean).
//
// Iteratively reweighted least squares (Nelder and Wedderburn, 1972). A normal prior around 0 may
// hold coefficients that few counts speak for. Pure functions.
#pragma once

#include <Eigen/Core>
#include <stdexcept>

namespace vfstock::sim::forecast::fit {

/// One row per count.
struct CountData {
  Eigen::MatrixXd terms;      // a column per coefficient, the intercept among them
  Eigen::VectorXd counts;     // not negative
  Eigen::VectorXd exposures;  // the mean is in proportion to it; above 0
  Eigen::VectorXd precision;  // of each coefficient's prior, 1 / variance; 0: none is held
};

struct CountModel {
  Eigen::VectorXd coefficients;  // of the logarithm of the mean per exposure
  Eigen::MatrixXd covariance;    // of the coefficients
  double dispersion = 0;         // 0: Poisson
  double deviance = 0;           // residual

  /// The mean count of a row of terms under an exposure.
  double mean(const Eigen::VectorXd& terms, double exposure) const;
  /// The standard error of the logarithm of that mean.
  double log_error(const Eigen::VectorXd& terms) const;
};

/// No finite coefficients explain the counts: all are 0, or the terms say the same thing twice.
class NoFit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Both throw NoFit.
CountModel fit_poisson(const CountData& data);
/// With the dispersion that makes the squared errors about the Poisson regression's means as large
/// as they were (0 where the counts vary no more than Poisson's), and the coefficients that are the
/// most likely ones then.
CountModel fit_negative_binomial(const CountData& data, const CountModel& poisson);

}  // namespace vfstock::sim::forecast::fit
