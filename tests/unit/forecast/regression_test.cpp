// Regression of counts: published and analytic solutions, and known parameters found again.
#include "sim/forecast/fit/regression.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/forecast/arrivals.h"
#include "sim/forecast/chance.h"
#include "sim/forecast/law.h"

namespace vfstock::sim::forecast::fit {
namespace {

/// Nine counts of a randomised trial by outcome and treatment (Dobson, 1990, p. 93).
CountData dobson() {
  CountData data;
  data.counts.resize(9);
  data.counts << 18, 17, 15, 20, 10, 20, 25, 13, 12;
  data.exposures = Eigen::VectorXd::Ones(9);
  data.precision = Eigen::VectorXd::Zero(5);
  data.terms = Eigen::MatrixXd::Zero(9, 5);
  for (Eigen::Index i = 0; i < 9; ++i) {
    data.terms(i, 0) = 1;
    if (i % 3 > 0) data.terms(i, i % 3) = 1;
    if (i / 3 > 0) data.terms(i, 2 + i / 3) = 1;
  }
  return data;
}

// Margins alone say what a main-effects model says: the outcomes were seen 63, 40 and 47 times, the
// treatments 50 times each.
TEST(PoissonRegression, SolvesDobsonsTrial) {
  const CountModel model = fit_poisson(dobson());
  EXPECT_NEAR(model.coefficients[0], std::log(21.0), 1e-8 * std::log(21.0));
  EXPECT_NEAR(model.coefficients[1], std::log(40.0 / 63), 1e-8 * 0.45);
  EXPECT_NEAR(model.coefficients[2], std::log(47.0 / 63), 1e-8 * 0.29);
  EXPECT_NEAR(model.coefficients[3], 0, 1e-8);
  EXPECT_NEAR(model.coefficients[4], 0, 1e-8);
  EXPECT_NEAR(model.coefficients[0], 3.0445224, 5e-8);
  EXPECT_NEAR(model.coefficients[1], -0.4542553, 5e-8);
  EXPECT_NEAR(model.coefficients[2], -0.2929871, 5e-8);
  EXPECT_NEAR(model.deviance, 5.1291411, 5e-8);
}

TEST(PoissonRegression, KnowsHowSureItIs) {
  const CountModel model = fit_poisson(dobson());
  const auto error = [&](Eigen::Index i) { return std::sqrt(model.covariance(i, i)); };
  EXPECT_NEAR(error(1), std::sqrt(1.0 / 63 + 1.0 / 40), 1e-8);
  EXPECT_NEAR(error(2), std::sqrt(1.0 / 63 + 1.0 / 47), 1e-8);
  EXPECT_NEAR(error(3), 0.2, 1e-8);
  EXPECT_NEAR(model.log_error(Eigen::VectorXd::Unit(5, 4)), 0.2, 1e-8);
}

TEST(PoissonRegression, ExposureIsAFactorOfTheMean) {
  CountData data = dobson();
  data.exposures *= 7;
  const CountModel model = fit_poisson(data);
  EXPECT_NEAR(model.coefficients[0], std::log(3.0), 1e-8);
  EXPECT_NEAR(model.mean(Eigen::VectorXd::Unit(5, 0), 7), 21, 1e-6);
}

TEST(PoissonRegression, APriorHoldsWhatFewCountsSpeakFor) {
  CountData data = dobson();
  data.precision[1] = 1e9;
  EXPECT_NEAR(fit_poisson(data).coefficients[1], 0, 1e-6);
}

TEST(Regression, RefusesCountsThatNoFiniteMeanExplains) {
  CountData data = dobson();
  data.counts.setZero();
  EXPECT_THROW((void)fit_poisson(data), NoFit);
  CountData twice = dobson();
  twice.terms.col(4) = twice.terms.col(3);
  EXPECT_THROW((void)fit_poisson(twice), NoFit);
}

CountModel fitted_negative_binomial(const CountData& data) {
  return fit_negative_binomial(data, fit_poisson(data));
}

TEST(NegativeBinomialRegression, OfEvenCountsIsPoisson) {
  CountData data = dobson();  // the same margins, and each count as near to its mean as can be
  data.counts << 21, 13, 16, 21, 13, 16, 21, 14, 15;
  const CountModel model = fitted_negative_binomial(data);
  EXPECT_EQ(model.dispersion, 0);
  EXPECT_NEAR(model.coefficients[0], std::log(21.0), 1e-8);
}

// The variance of these twelve counts is 26.99, their mean 43 / 12: what is beyond Poisson's, as a
// share of the squared mean.
TEST(NegativeBinomialRegression, HasTheVarianceOfTheCounts) {
  CountData data;
  data.counts.resize(12);
  data.counts << 0, 0, 1, 2, 9, 0, 4, 17, 1, 3, 0, 6;
  data.exposures = Eigen::VectorXd::Ones(12);
  data.terms = Eigen::MatrixXd::Ones(12, 1);
  data.precision = Eigen::VectorXd::Zero(1);
  const CountModel model = fitted_negative_binomial(data);
  const double mean = 43.0 / 12;
  const double variance = (data.counts.array() - mean).square().sum() / 11;
  EXPECT_NEAR(std::exp(model.coefficients[0]), mean, 1e-8);
  EXPECT_NEAR(model.dispersion, (variance - mean) / (mean * mean), 1e-8);
}

// A level per day spreads the counts: the dispersion is the square of its deviation.
TEST(NegativeBinomialRegression, FindsTrendAndDispersionOfSimulatedCustomersAgain) {
  ArrivalRate rate;
  rate.per_day = 12;
  rate.until = 1e18;
  rate.growth_per_month = 0.05;
  rate.levels.day = 0.6;
  constexpr int days = 900;
  Arrivals arrivals;
  const Chance chance(11, 0);
  arrivals.begin(rate, chance, 1, days * day_ms);
  CountData data;
  data.counts = Eigen::VectorXd::Zero(days);
  data.exposures = Eigen::VectorXd::Ones(days);
  data.precision = Eigen::VectorXd::Zero(2);
  data.terms.resize(days, 2);
  for (int day = 0; day < days; ++day) data.terms.row(day) << 1, day / 30.0;
  for (std::uint32_t n = 0;; ++n) {
    const double at = arrivals.next(exponential(chance.bits(Purpose::arrival, 1, n).first));
    if (at == never) break;
    data.counts[static_cast<Eigen::Index>(at / day_ms)] += 1;
  }
  const CountModel model = fitted_negative_binomial(data);
  const auto error = [&](Eigen::Index i) { return std::sqrt(model.covariance(i, i)); };
  EXPECT_NEAR(model.coefficients[0], std::log(12.0), 4 * error(0));
  EXPECT_NEAR(model.coefficients[1], std::log(1.05), 4 * error(1));
  EXPECT_LT(error(1), 0.005);
  EXPECT_NEAR(model.dispersion, 0.36, 0.08);
  EXPECT_GT(error(1), std::sqrt(fit_poisson(data).covariance(1, 1)));
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
