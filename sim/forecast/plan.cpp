#include "sim/forecast/plan.h"

#include <algorithm>

namespace vfstock::sim::forecast {

std::int64_t BatchSizes::size(double uniform) const {
  const auto found = std::upper_bound(cumulated.begin(), cumulated.end(), uniform);
  return std::min<std::int64_t>(found - cumulated.begin() + 1,
                                static_cast<std::int64_t>(cumulated.size()));
}

double BatchSizes::mean() const {
  double mean = 0, before = 0;
  for (std::size_t i = 0; i < cumulated.size(); ++i) {
    mean += static_cast<double>(i + 1) * (cumulated[i] - before);
    before = cumulated[i];
  }
  return mean;
}

BatchSizes BatchSizes::geometric(double mean) {
  constexpr double negligible = 1e-12;
  BatchSizes sizes;
  sizes.cumulated.clear();
  for (double left = 1; left > negligible;) {
    left *= 1 - 1 / mean;
    sizes.cumulated.push_back(1 - left);
  }
  return sizes;
}

// FNV-1a, 32 bits.
std::uint32_t entity_of(const std::string& name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace vfstock::sim::forecast
