#include "sim/forecast/plan.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vfstock::sim::forecast {

// Where in its own share of (0, 1) the draw fell says whether a fraction of a VPS is one.
std::int64_t BatchSizes::size(double uniform, double at, double level) const {
  const auto found = std::min(std::upper_bound(cumulated.begin(), cumulated.end(), uniform),
                              std::prev(cumulated.end()));
  const std::int64_t beyond = found - cumulated.begin();
  if ((hours.empty() && level == 1) || beyond == 0) return beyond + 1;
  constexpr double size_max = 100'000;
  const double factor =
      hours.empty() ? level : level * hours[static_cast<std::size_t>(at / hour_ms) % hours.size()];
  const double below = *std::prev(found);
  const double place = std::clamp((uniform - below) / (*found - below), 0.0, 1 - 0x1p-53);
  return 1 + static_cast<std::int64_t>(
                 std::min(size_max, static_cast<double>(beyond) * factor + place));
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
