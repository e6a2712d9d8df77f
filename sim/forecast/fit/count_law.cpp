#include "sim/forecast/fit/count_law.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double negligible = 1e-16;
constexpr double large = 1e200;
constexpr std::size_t counts_max = 20'000'000;

void scale(CountLaw& law, double factor) {
  for (double& probability : law) probability *= factor;
}

double mean_size(const SizeLaw& sizes) {
  double mean = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) mean += static_cast<double>(i + 1) * sizes[i];
  return mean;
}

}  // namespace

// All terms of the recursion are positive, so it loses no digits; P(0) may be too small for a
// double, so it begins with 1 and the sum is brought to 1 at the end.
CountLaw count_law(double mean, double dispersion, const SizeLaw& sizes) {
  if (mean <= 0) return {1.0};
  const double a = dispersion * mean / (1 + dispersion * mean);
  const double b = dispersion > 0 ? a * (1 / dispersion - 1) : mean;
  std::vector<std::pair<std::size_t, double>> batches;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] > 0) batches.emplace_back(i + 1, sizes[i]);
  }
  const double centre = mean * mean_size(sizes);
  CountLaw law{1.0};
  double sum = 1;
  std::size_t quiet = 0;  // how many of the last were negligible
  for (std::size_t k = 1; k < counts_max; ++k) {
    double next = 0;
    for (const auto& [size, share] : batches) {
      if (size > k) break;
      const double part = static_cast<double>(size) / static_cast<double>(k);
      next += (a + b * part) * share * law[k - size];
    }
    law.push_back(next);
    sum += next;
    if (next > large) {
      scale(law, 1 / large);
      sum /= large;
    }
    quiet = next <= negligible * sum ? quiet + 1 : 0;
    if (static_cast<double>(k) > centre && quiet >= sizes.size()) break;
  }
  scale(law, 1 / std::accumulate(law.begin(), law.end(), 0.0));
  return law;
}

CountLaw observed_law(const std::vector<std::size_t>& counts) {
  CountLaw law(*std::max_element(counts.begin(), counts.end()) + 1);
  for (const std::size_t count : counts) law[count] += 1 / static_cast<double>(counts.size());
  return law;
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
