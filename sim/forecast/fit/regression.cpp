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
// The likelihood hardly tells smaller ones from Poisson.
constexpr double log_dispersion_min = -14, log_dispersion_max = 5;

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

CountModel fit_with(const CountData& data, double dispersion) {
  const ArrayXd counts = data.counts.array(), exposures = data.exposures.array();
  if (counts.size() == 0 || counts.sum() <= 0) throw NoFit("nothing was counted");
  // As if every count were half its own and half the mean: finite, and near enough.
  const double rate = counts.sum() / exposures.sum();
  ArrayXd linear = ((counts + rate * exposures) / 2 / exposures).log();
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

/// Of the dispersion, but for what does not depend on it.
double log_likelihood(const ArrayXd& counts, const ArrayXd& means, double dispersion) {
  const double shape = 1 / dispersion;
  double sum = 0;
  for (Eigen::Index i = 0; i < counts.size(); ++i) {
    const double y = counts[i], mu = means[i];
    sum += std::lgamma(y + shape) - std::lgamma(shape) - shape * std::log1p(dispersion * mu);
    if (y > 0) sum += y * std::log(mu / (shape + mu));
  }
  return sum;
}

/// By golden section: the likelihood has one peak in the dispersion.
double likeliest_log_dispersion(const ArrayXd& counts, const ArrayXd& means) {
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = log_dispersion_min, high = log_dispersion_max;
  const auto likelihood = [&](double log) { return log_likelihood(counts, means, std::exp(log)); };
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double at_left = likelihood(left), at_right = likelihood(right);
  while (high - low > 1e-7) {
    if (at_left > at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - golden * (high - low);
      at_left = likelihood(left);
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + golden * (high - low);
      at_right = likelihood(right);
    }
  }
  return (low + high) / 2;
}

}  // namespace

double CountModel::mean(const VectorXd& terms, double exposure) const {
  return exposure * std::exp(terms.dot(coefficients));
}

double CountModel::log_error(const VectorXd& terms) const {
  return std::sqrt(std::max(0.0, terms.dot(covariance * terms)));
}

CountModel fit_poisson(const CountData& data) { return fit_with(data, 0); }

CountModel fit_negative_binomial(const CountData& data) {
  constexpr int rounds_max = 50;
  CountModel model = fit_with(data, 0);
  double log_dispersion = log_dispersion_min;
  for (int round = 0; round < rounds_max; ++round) {
    const ArrayXd means = data.exposures.array() * (data.terms * model.coefficients).array().exp();
    const double next = likeliest_log_dispersion(data.counts.array(), means);
    if (next < log_dispersion_min + 1) return fit_with(data, 0);
    const bool done = std::abs(next - log_dispersion) < 1e-6;
    log_dispersion = next;
    if (done) break;
    model = fit_with(data, std::exp(log_dispersion));
  }
  return model;
}

CountModel fit_by_moments(const CountData& data) {
  CountModel model = fit_with(data, 0);
  const ArrayXd means = data.exposures.array() * (data.terms * model.coefficients).array().exp();
  const ArrayXd errors = data.counts.array() - means;
  const double rows = static_cast<double>(data.counts.size());
  const double freedom = rows / std::max(1.0, rows - static_cast<double>(data.terms.cols()));
  const double beyond = (errors.square() * freedom - means).sum() / means.square().sum();
  return beyond > 1e-6 ? fit_with(data, beyond) : model;
}

}  // namespace vfstock::sim::forecast::fit
