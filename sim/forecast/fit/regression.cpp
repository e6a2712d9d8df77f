#include "sim/forecast/fit/regression.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast::fit {
namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int iterations_max = 200;
constexpr double converged = 1e-11, singular = 1e-13;
// No count tells a smaller dispersion from Poisson's.
constexpr double negligible = 1e-6;

double deviance_of(const ArrayXd& counts, const ArrayXd& means, double dispersion) {
  double sum = 0;
  for (Eigen::Index i = 0; i < counts.size(); ++i) {
    const double y = counts[i], mu = means[i];
    if (y > 0) sum += y * std::log(y / mu);
    sum -= dispersion > 0
               ? (y + 1 / dispersion) * std::log1p(dispersion * (y - mu) / (1 + dispersion * mu))
               : y - mu;
  }
  return 2 * sum;
}

/// `linear`: where to begin, the logarithms of the means per exposure.
CountModel fit_from(const CountData& data, double dispersion, ArrayXd linear) {
  const ArrayXd counts = data.counts.array(), exposures = data.exposures.array();
  CountModel model;
  model.dispersion = dispersion;
  for (int step = 0; step < iterations_max; ++step) {
    const ArrayXd means = exposures * linear.exp();
    const ArrayXd weights = means / (1 + dispersion * means);
    const VectorXd working = (linear + (counts - means) / means).matrix();
    MatrixXd information = data.terms.transpose() * weights.matrix().asDiagonal() * data.terms;
    information.diagonal() += data.precision;
    const Eigen::LDLT<MatrixXd> solver(information);
    const VectorXd next =
        solver.solve(data.terms.transpose() * weights.matrix().asDiagonal() * working);
    const auto pivots = solver.vectorD().array().abs();
    if (!next.allFinite() || !(pivots.minCoeff() > singular * pivots.maxCoeff())) break;
    const bool done = model.coefficients.size() > 0 &&
                      (next - model.coefficients).norm() <= converged * (1 + next.norm());
    model.coefficients = next;
    linear = (data.terms * next).array();
    if (!done) continue;
    model.covariance = solver.solve(MatrixXd::Identity(next.size(), next.size()));
    model.deviance = deviance_of(counts, exposures * linear.exp(), dispersion);
    return model;
  }
  throw NoFit("no finite coefficients explain these counts");
}

}  // namespace

double CountModel::mean(const VectorXd& terms, double exposure) const {
  return exposure * std::exp(terms.dot(coefficients));
}

double CountModel::log_error(const VectorXd& terms) const {
  return std::sqrt(std::max(0.0, terms.dot(covariance * terms)));
}

CountModel fit_poisson(const CountData& data) {
  const ArrayXd counts = data.counts.array(), exposures = data.exposures.array();
  if (counts.size() == 0 || counts.sum() <= 0) throw NoFit("nothing was counted");
  // As if every count were half its own and half the mean: finite, and near enough.
  const double rate = counts.sum() / exposures.sum();
  return fit_from(data, 0, ((counts + rate * exposures) / 2 / exposures).log());
}

CountModel fit_negative_binomial(const CountData& data, const CountModel& poisson) {
  const ArrayXd linear = (data.terms * poisson.coefficients).array();
  const ArrayXd means = data.exposures.array() * linear.exp();
  const auto rows = static_cast<double>(data.counts.size());
  const double freedom = rows / std::max(1.0, rows - static_cast<double>(data.terms.cols()));
  const double beyond =
      ((data.counts.array() - means).square() * freedom - means).sum() / means.square().sum();
  return beyond > negligible ? fit_from(data, beyond, linear) : poisson;
}

}  // namespace vfstock::sim::forecast::fit
