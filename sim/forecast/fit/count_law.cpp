#include "sim/forecast/fit/count_law.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double negligible = 1e-16, negligible_in_units = 1e-9;
constexpr double large = 1e200;
constexpr std::size_t counts_max = 20'000'000;

void scale(CountLaw& law, double factor) {
  for (double& probability : law) probability *= factor;
}

/// The chance of each number of units, where sizes lie between two of them in proportion; what
/// rounds down to none comes first.
std::vector<double> in_units(const SizeLaw& sizes, double unit) {
  std::vector<double> law;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] <= 0) continue;
    const double units = static_cast<double>(i + 1) / unit;
    const auto whole = static_cast<std::size_t>(units);
    const double part = units - static_cast<double>(whole);
    if (law.size() < whole + 2) law.resize(whole + 2);
    law[whole] += sizes[i] * (1 - part);
    law[whole + 1] += sizes[i] * part;
  }
  while (law.size() > 1 && law.back() <= 0) law.pop_back();
  return law;
}

// All terms of the recursion are positive (but for the binomial law, where a single size subtracts
// little), so it loses no digits; P(0) may be too small for a
// double, so it begins with 1 and the sum is brought to 1 at the end. It ends where terms are below
// `tail` of the sum.
CountLaw panjer(double mean, double dispersion, const SizeLaw& sizes, double tail) {
  if (mean <= 0) return {1.0};
  const double a = dispersion * mean / (1 + dispersion * mean);
  const double b = dispersion != 0 ? a * (1 / dispersion - 1) : mean;
  struct Batch {
    std::size_t size = 0;
    double share = 0, weighted = 0;  // weighted by the size
  };
  std::vector<Batch> batches;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto size = static_cast<double>(i + 1);
    if (sizes[i] > 0) batches.push_back({i + 1, a * sizes[i], b * sizes[i] * size});
  }
  const double centre = mean * mean_size(sizes);
  CountLaw law{1.0};
  double sum = 1;
  std::size_t quiet = 0;  // how many of the last were negligible
  for (std::size_t k = 1; k < counts_max; ++k) {
    double plain = 0, weighted = 0;
    for (const Batch& batch : batches) {
      if (batch.size > k) break;
      plain += batch.share * law[k - batch.size];
      weighted += batch.weighted * law[k - batch.size];
    }
    const double next = std::max(0.0, plain + weighted / static_cast<double>(k));
    law.push_back(next);
    sum += next;
    if (next > large) {
      scale(law, 1 / large);
      sum /= large;
    }
    quiet = next <= tail * sum ? quiet + 1 : 0;
    if (static_cast<double>(k) > centre && quiet >= sizes.size()) break;
  }
  scale(law, 1 / std::accumulate(law.begin(), law.end(), 0.0));
  return law;
}

/// One by one, with this mean and variance: negative binomial, Poisson or, where they vary less,
/// binomial.
CountLaw single_law(double mean, double variance) {
  double dispersion = (variance - mean) / (mean * mean);
  if (dispersion < 0) {
    const double most = std::max(1.0, std::round(-1 / dispersion));
    dispersion = -1 / std::max(most, std::ceil(mean) + 1);
  }
  return panjer(mean, dispersion, {1.0}, negligible_in_units);
}

}  // namespace

double mean_size(const SizeLaw& sizes) {
  double mean = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) mean += static_cast<double>(i + 1) * sizes[i];
  return mean;
}

double mean_square_size(const SizeLaw& sizes) {
  double mean = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    mean += static_cast<double>(i + 1) * static_cast<double>(i + 1) * sizes[i];
  }
  return mean;
}

SizeLaw stretched(const SizeLaw& sizes, double factor) {
  if (factor == 1 || sizes.size() < 2) return sizes;
  SizeLaw law;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] <= 0) continue;
    const double beyond = static_cast<double>(i) * factor;
    const auto whole = static_cast<std::size_t>(beyond);
    const double part = beyond - static_cast<double>(whole);
    if (law.size() < whole + 2) law.resize(whole + 2);
    law[whole] += sizes[i] * (1 - part);
    law[whole + 1] += sizes[i] * part;
  }
  while (law.size() > 1 && law.back() <= 0) law.pop_back();
  return law;
}

CountLaw count_law(double mean, double dispersion, const SizeLaw& sizes) {
  return panjer(mean, dispersion, sizes, negligible);
}

CountLaw observed_law(const std::vector<std::size_t>& counts) {
  CountLaw law(*std::max_element(counts.begin(), counts.end()) + 1);
  for (const std::size_t count : counts) law[count] += 1 / static_cast<double>(counts.size());
  return law;
}

ScaledLaw scaled_count_law(double mean, double dispersion, const SizeLaw& sizes) {
  constexpr double terms = 250;
  constexpr double tolerated = 0.01;  // of the variance
  const double centre = mean * mean_size(sizes);
  const double variance =
      mean * mean_square_size(sizes) + std::max(0.0, dispersion) * centre * centre;
  const double unit = std::max(1.0, std::floor((centre + 3 * std::sqrt(variance)) / terms));
  if (unit <= 1) return {1, panjer(mean, dispersion, sizes, negligible_in_units)};
  // Batches that round down to nothing are no batches: thinning leaves the dispersion as it is.
  SizeLaw units = in_units(sizes, unit);
  const double some = 1 - units.front();
  units.erase(units.begin());
  // Whole units spread batches further apart than they are: the dispersion makes up for that.
  const double rounding = mean * (mean_square_size(units) * unit * unit - mean_square_size(sizes));
  const double evened = std::max(0.0, dispersion) - rounding / (centre * centre);
  if (evened * centre * centre < -tolerated * variance) {
    return {unit, single_law(centre / unit, variance / (unit * unit))};
  }
  for (double& share : units) share /= some;
  return {unit, panjer(mean * some, std::max(0.0, evened), units, negligible_in_units)};
}

double ScaledLaw::quantile(double p) const {
  return unit * static_cast<double>(fit::quantile(law, p));
}

double ScaledLaw::below(double value) const {
  double sum = 0;
  for (std::size_t k = 0; k < law.size() && static_cast<double>(k) * unit < value; ++k) {
    sum += law[k];
  }
  return std::min(1.0, sum);
}

std::size_t quantile(const CountLaw& law, double p) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < law.size(); ++k) {
    sum += law[k];
    if (sum >= p) return k;
  }
  return law.size() - 1;
}

}  // namespace vfstock::sim::forecast::fit
