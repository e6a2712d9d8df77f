#include "sim/forecast/estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vfstock::sim::forecast {
namespace {

constexpr double normal_95 = 1.959963984540054;
constexpr double confidence = 0.95;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Estimate around(double value, double error) {
  return {value, value - normal_95 * error, value + normal_95 * error, error};
}

double log_binomial(std::size_t n, std::size_t k) {
  const auto gamma = [](std::size_t m) { return std::lgamma(static_cast<double>(m) + 1); };
  return gamma(n) - gamma(k) - gamma(n - k);
}

double error_of_mean(std::span<const double> values, double mean) {
  if (values.size() < 2) return infinite;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto n = static_cast<double>(values.size());
  return std::sqrt(squares / (n - 1) / n);
}

/// The influence of each replicate on the ratio.
std::vector<double> influences(std::span<const double> numerators,
                               std::span<const double> denominators, double ratio) {
  const double mean = sum(denominators) / static_cast<double>(denominators.size());
  std::vector<double> each(numerators.size());
  for (std::size_t i = 0; i < each.size(); ++i) {
    each[i] = mean == 0 ? 0 : (numerators[i] - ratio * denominators[i]) / mean;
  }
  return each;
}

double ratio(double numerator, double denominator) {
  return denominator == 0 ? 0 : numerator / denominator;
}

}  // namespace

Estimate mean_of(std::span<const double> values) {
  if (values.empty()) return {};
  const double mean = sum(values) / static_cast<double>(values.size());
  return around(mean, error_of_mean(values, mean));
}

Estimate ratio_of(std::span<const double> numerators, std::span<const double> denominators) {
  const double value = ratio(sum(numerators), sum(denominators));
  const std::vector<double> each = influences(numerators, denominators, value);
  return around(value, error_of_mean(each, 0));
}

Estimate ratio_difference_of(std::span<const double> numerators_one,
                             std::span<const double> denominators_one,
                             std::span<const double> numerators_other,
                             std::span<const double> denominators_other) {
  const double one = ratio(sum(numerators_one), sum(denominators_one));
  const double other = ratio(sum(numerators_other), sum(denominators_other));
  std::vector<double> each = influences(numerators_one, denominators_one, one);
  const std::vector<double> less = influences(numerators_other, denominators_other, other);
  for (std::size_t i = 0; i < each.size(); ++i) each[i] -= less[i];
  return around(one - other, error_of_mean(each, 0));
}

double binomial_cumulated(std::size_t n, double p, std::size_t k) {
  double total = 0;
  for (std::size_t i = 0; i <= std::min(n, k); ++i) {
    total += std::exp(log_binomial(n, i) + static_cast<double>(i) * std::log(p) +
                      static_cast<double>(n - i) * std::log1p(-p));
  }
  return std::min(1.0, total);
}

Estimate quantile_of(std::span<const double> sorted, double p) {
  if (sorted.empty()) return {infinite, -infinite, infinite, infinite};
  const std::size_t n = sorted.size();
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(n)));
  const double value = sorted[std::clamp<std::size_t>(rank, 1, n) - 1];
  // The true quantile lies between the l-th and the u-th value with the probability that the number
  // of values below it is at least l and less than u.
  const double tail = (1 - confidence) / 2;
  std::size_t below = 0;  // the largest l with P(X < l) <= tail
  std::size_t above = n;  // the smallest u - 1 with P(X <= u - 1) >= 1 - tail
  double total = 0;
  for (std::size_t k = 0; k <= n; ++k) {
    if (total <= tail) below = k;
    total += std::exp(log_binomial(n, k) + static_cast<double>(k) * std::log(p) +
                      static_cast<double>(n - k) * std::log1p(-p));
    if (total >= 1 - tail) {
      above = k;
      break;
    }
  }
  const double low = below == 0 ? -infinite : sorted[below - 1];
  const double high = above >= n ? infinite : sorted[above];
  return {value, low, high, low == high ? 0 : (high - low) / 4};
}

}  // namespace vfstock::sim::forecast
