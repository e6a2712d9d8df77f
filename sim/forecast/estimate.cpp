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

/// Wilson's interval of a share that has this standard error.
Estimate wilson(double share, double error, std::size_t replicates) {
  if (std::isinf(error)) return {share, 0, 1, error};
  share = std::clamp(share, 0.0, 1.0);
  const double spread = share * (1 - share);
  if (spread > 0 && error == 0) return {share, share, share, 0};  // the same in every replicate
  const double trials = spread > 0 ? spread / (error * error) : static_cast<double>(replicates);
  const double z2 = normal_95 * normal_95;
  const double centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const double half =
      normal_95 / (1 + z2 / trials) * std::sqrt(spread / trials + z2 / (4 * trials * trials));
  return {share, share == 0 ? 0 : std::max(0.0, centre - half),
          share == 1 ? 1 : std::min(1.0, centre + half), error};
}

/// The x with beta_cumulated(a, b, x) = p, by halving.
double beta_quantile(double a, double b, double p) {
  double low = 0, high = 1;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (beta_cumulated(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300, enough = 1e-15;
  constexpr int terms_max = 10'000;
  double c = 1, d = 1 / std::max(tiny, 1 - (a + b) * x / (a + 1)), fraction = d;
  const auto step = [&](double coefficient) {
    d = 1 + coefficient * d;
    c = 1 + coefficient / c;
    if (std::abs(d) < tiny) d = tiny;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    fraction *= d * c;
    return d * c;
  };
  for (int m = 1; m < terms_max; ++m) {
    const double n = m;
    step(n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n)));
    const double change = step(-(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1)));
    if (std::abs(change - 1) < enough) break;
  }
  return fraction;
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

Estimate count_mean_of(std::span<const double> values) {
  const Estimate plain = mean_of(values);
  if (values.empty() || std::isinf(plain.error)) {
    return {plain.value, 0, values.empty() ? 0 : infinite, plain.error};
  }
  const auto n = static_cast<double>(values.size());
  const double total = plain.value * n;
  const double variance = plain.error * plain.error * n * n;  // of the total
  if (total > 0 && variance == 0) return plain;               // the same in every replicate
  const double dispersion = total > 0 ? variance / total : 1;
  const double events = total / dispersion, z2 = normal_95 * normal_95;
  const double half = normal_95 * std::sqrt(events + z2 / 4);
  return {plain.value, std::max(0.0, events + z2 / 2 - half) * dispersion / n,
          (events + z2 / 2 + half) * dispersion / n, plain.error};
}

Estimate share_of(std::size_t successes, std::size_t replicates) {
  if (replicates == 0) return {0, 0, 1, infinite};
  const auto k = static_cast<double>(successes), n = static_cast<double>(replicates);
  const double tail = (1 - confidence) / 2;
  const double low = successes == 0 ? 0 : beta_quantile(k, n - k + 1, tail);
  const double high = successes == replicates ? 1 : beta_quantile(k + 1, n - k, 1 - tail);
  return {k / n, low, high, (high - low) / 4};
}

Estimate bounded_mean_of(std::span<const double> values) {
  const Estimate plain = mean_of(values);
  return values.empty() ? plain : wilson(plain.value, plain.error, values.size());
}

Estimate bounded_ratio_of(std::span<const double> numerators,
                          std::span<const double> denominators) {
  if (sum(denominators) == 0) return {1, 0, 1, infinite};
  const Estimate plain = ratio_of(numerators, denominators);
  return wilson(plain.value, plain.error, numerators.size());
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

double tail_mean_of(std::vector<double> values, double tail) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto count = std::clamp<std::size_t>(
      static_cast<std::size_t>(std::ceil(tail * static_cast<double>(values.size()) - 1e-9)), 1,
      values.size());
  return sum(std::span(values).last(count)) / static_cast<double>(count);
}

double beta_cumulated(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

}  // namespace vfstock::sim::forecast
