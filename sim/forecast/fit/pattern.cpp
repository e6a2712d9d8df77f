#include "sim/forecast/fit/pattern.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vfstock::sim::forecast::fit {
namespace {

// Standard deviations of the priors of factors: hours of a day seldom differ by more than five
// times, days of a week by more than two, mean sizes by more than two.
constexpr double hour_prior = 0.8, weekday_prior = 0.35, size_prior = 0.6;
constexpr double hours_kept = 26 * 7 * 24;
constexpr int sweeps = 8;

constexpr double pseudo_counts(double deviation) { return 1 / (deviation * deviation); }

template <std::size_t size>
void bring_to_mean_one(std::array<double, size>& factors) {
  const double mean = std::accumulate(factors.begin(), factors.end(), 0.0) / size;
  for (double& factor : factors) factor /= mean;
}

/// Hour and weekday factors in turn, each given the other, until they agree.
WeekProfile fitted_hours(const std::array<double, 168>& orders, const std::array<double, 168>& open,
                         bool weekdays) {
  std::array<double, 24> hours;
  std::array<double, 7> days;
  hours.fill(1);
  days.fill(1);
  const double rate = std::accumulate(orders.begin(), orders.end(), 0.0) /
                      std::accumulate(open.begin(), open.end(), 0.0);
  const double hour_weight = pseudo_counts(hour_prior), day_weight = pseudo_counts(weekday_prior);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    std::array<double, 24> seen{}, expected{};
    for (std::size_t cell = 0; cell < 168; ++cell) {
      seen[cell % 24] += orders[cell];
      expected[cell % 24] += rate * open[cell] * days[cell / 24];
    }
    for (std::size_t n = 0; n < 24; ++n) {
      hours[n] = (seen[n] + hour_weight) / (expected[n] + hour_weight);
    }
    bring_to_mean_one(hours);
    if (!weekdays) break;
    std::array<double, 7> seen_on{}, expected_on{};
    for (std::size_t cell = 0; cell < 168; ++cell) {
      seen_on[cell / 24] += orders[cell];
      expected_on[cell / 24] += rate * open[cell] * hours[cell % 24];
    }
    for (std::size_t n = 0; n < 7; ++n) {
      days[n] = (seen_on[n] + day_weight) / (expected_on[n] + day_weight);
    }
    bring_to_mean_one(days);
  }
  WeekProfile profile;
  for (std::size_t cell = 0; cell < 168; ++cell) profile[cell] = hours[cell % 24] * days[cell / 24];
  bring_to_mean_one(profile);
  return profile;
}

}  // namespace

Pattern::Pattern() {
  hours.fill(1);
  size_factors.fill(1);
}

double Pattern::size_factor(double from, double until) const {
  if (!has_sizes) return 1;
  double sum = 0, weight = 0;
  for (double at = std::floor(from / hour_s) * hour_s; at < until; at += hour_s) {
    const std::size_t hour = hour_of_week(at);
    sum += hours[hour] * size_factors[hour % 24];
    weight += hours[hour];
  }
  return weight > 0 ? sum / weight : 1;
}

void PatternCounts::add(double hour, double sign) {
  const std::size_t cell = hour_of_week(past_.begin + hour * hour_s);
  double share = 1;
  if (!past_.open.empty()) {
    const auto per_share = past_.period == Period::five_minutes ? std::size_t{12} : std::size_t{1};
    share = 0;
    const auto first = static_cast<std::size_t>(hour) * per_share;
    for (std::size_t n = first; n < std::min(first + per_share, past_.open.size()); ++n) {
      share += past_.open[n] / static_cast<double>(per_share);
    }
  }
  open_[cell] += sign * share;
}

void PatternCounts::add_batch(const Batch& batch, double sign) {
  if (!batch.hour_known || (!past_.closed.empty() && !past_.is_open(batch.at))) return;
  const std::size_t cell = hour_of_week(batch.at);
  const auto beyond = static_cast<double>(batch.vps - 1);
  orders_[cell] += sign;
  sized_orders_[cell % 24] += sign;
  beyond_[cell % 24] += sign * beyond;
  beyond_squares_[cell % 24] += sign * beyond * beyond;
}

void PatternCounts::advance(std::size_t period) {
  const double end = past_.begin_of(period);
  const double hours = std::floor((end - past_.begin) / hour_s);
  for (; until_ < hours; ++until_) add(until_, 1);
  for (; next_ < past_.batches.size() && past_.batches[next_].at < end; ++next_) {
    add_batch(past_.batches[next_], 1);
  }
  for (; since_ < until_ - hours_kept; ++since_) add(since_, -1);
  const double oldest = past_.begin + since_ * hour_s;
  for (; first_ < next_ && past_.batches[first_].at < oldest; ++first_) {
    add_batch(past_.batches[first_], -1);
  }
}

Pattern PatternCounts::pattern() const {
  Pattern pattern;
  const double orders = std::accumulate(orders_.begin(), orders_.end(), 0.0);
  const double days = (until_ - since_) / 24;
  if (orders < pattern_orders_min || days < 2) return pattern;
  pattern.has_hours = true;
  pattern.has_weekdays = days >= weekday_days_min;
  pattern.hours = fitted_hours(orders_, open_, pattern.has_weekdays);
  const double beyond = std::accumulate(beyond_.begin(), beyond_.end(), 0.0) / orders;
  const double square =
      std::accumulate(beyond_squares_.begin(), beyond_squares_.end(), 0.0) / orders;
  if (beyond < 0.05) return pattern;
  pattern.has_sizes = true;
  // As many orders as make the mean size known as well as the prior knows it.
  const double weight = square / (beyond * beyond) * pseudo_counts(size_prior);
  double sum = 0;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const double seen = beyond_[hour] / beyond;
    pattern.size_factors[hour] = (seen + weight) / (sized_orders_[hour] + weight);
    sum += pattern.size_factors[hour] * sized_orders_[hour] / orders;
  }
  for (double& factor : pattern.size_factors) factor /= sum;
  return pattern;
}

}  // namespace vfstock::sim::forecast::fit
