#include "sim/forecast/fit/peaks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr std::size_t window = 28, window_min = 14, run_min = 7;
constexpr double deviations = 6;

double median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::vector<double> plausible_orders(const Past& past) {
  std::vector<double> most(past.periods(), std::numeric_limits<double>::infinity());
  if (past.period != Period::day) return most;
  std::vector<double> recent, distances;
  for (std::size_t n = window_min; n < past.periods(); ++n) {
    const std::size_t from = n > window ? n - window : 0;
    recent.assign(past.batch_counts.begin() + static_cast<std::ptrdiff_t>(from),
                  past.batch_counts.begin() + static_cast<std::ptrdiff_t>(n));
    const double median = median_of(recent);
    distances.clear();
    for (const double count : recent) distances.push_back(std::abs(count - median));
    const double spread = std::max(1.4826 * median_of(distances), std::sqrt(median + 1));
    most[n] = median + deviations * spread + 1;
  }
  return most;
}

std::vector<std::size_t> peaks_before(const Past& past, std::size_t until) {
  std::vector<std::size_t> peaks;
  std::size_t run = 0;
  for (std::size_t n = 0; n <= until; ++n) {
    if (n < until && past.batch_counts[n] > past.most[n]) {
      ++run;
      continue;
    }
    for (std::size_t k = n - run; k < n && run < run_min; ++k) peaks.push_back(k);
    run = 0;
  }
  return peaks;
}

}  // namespace vfstock::sim::forecast::fit
