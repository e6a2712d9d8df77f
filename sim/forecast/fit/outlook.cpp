#include "sim/forecast/fit/outlook.h"

#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast::fit {

void Reach::Moments::add(const Spread& spread, double mean, double steps) {
  const double walked = spread.walk > 0 ? std::exp(std::min(50.0, spread.walk * steps)) : 1;
  squares += mean * (mean * (1 + spread.brief) * walked + 2 * weighted);
  weighted += mean * walked;
}

double Reach::Moments::dispersion(const Spread& spread, double mean) const {
  return mean > 0 ? std::max(0.0, (1 + spread.fixed) * squares / (mean * mean) - 1) : 0;
}

void Reach::add(double busy_hours) {
  ++periods_;
  const double mean = outlook_.per_hour * busy_hours * std::exp(outlook_.growth * (periods_ - 0.5));
  mean_ += mean;
  orders_.add(outlook_.orders, mean, periods_);
  vps_.add(outlook_.vps, mean, periods_);
  if (!outlook_.pattern.has_sizes) return;
  const double from = outlook_.begin + (periods_ - 1) * seconds_of(outlook_.period);
  const std::size_t hour = hour_of_week(from);
  if (outlook_.period != Period::day) {
    by_hour_[hour % 24] += mean;
    return;
  }
  for (std::size_t n = 0; n < 24; ++n) {
    by_hour_[n] += outlook_.per_hour * outlook_.pattern.hours[hour / 24 * 24 + n];
  }
}

ScaledLaw Reach::batch_law() const {
  return scaled_count_law(mean_, orders_.dispersion(outlook_.orders, mean_), {1.0});
}

// A mixture of the sizes at each hour, weighted by how many batches come then.
SizeLaw Reach::sizes() const {
  if (!outlook_.pattern.has_sizes) return outlook_.sizes;
  double total = 0;
  for (const double weight : by_hour_) total += weight;
  if (total <= 0) return outlook_.sizes;
  SizeLaw law;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    if (by_hour_[hour] <= 0) continue;
    const SizeLaw then = stretched(outlook_.sizes, outlook_.pattern.size_factors[hour]);
    if (law.size() < then.size()) law.resize(then.size());
    for (std::size_t i = 0; i < then.size(); ++i) law[i] += then[i] * by_hour_[hour] / total;
  }
  return law;
}

ScaledLaw Reach::vps_law() const { return scaled_count_law(mean_, vps_dispersion(), sizes()); }

double Reach::mean_vps() const { return mean_ * mean_size(sizes()); }

}  // namespace vfstock::sim::forecast::fit
