#include "sim/forecast/fit/breaks.h"

#include <algorithm>
#include <cmath>

#include "sim/forecast/fit/peaks.h"

namespace vfstock::sim::forecast::fit {
namespace {

// Chance alone passes these about once in a thousand histories.
constexpr double everywhere_min = 24, nearby_min = 16;
constexpr double ratio_min = 1.5;
constexpr int breaks_max = 8;

double log_part(double count, double hours) {
  return count > 0 ? count * std::log(count / hours) : 0;
}

class Scan {
 public:
  Scan(const Past& past, const std::vector<double>& busy, std::size_t until)
      : counts_(until + 1), hours_(until + 1), until_(until) {
    for (std::size_t n = 0; n < until; ++n) {
      counts_[n + 1] = past.batch_counts[n];
      hours_[n + 1] = busy[n];
    }
    // A few days far above the rest are a peak, whoever caused it, and no new level.
    for (const std::size_t n : peaks_before(past, until)) counts_[n + 1] = hours_[n + 1] = 0;
    for (std::size_t n = 0; n < until; ++n) {
      counts_[n + 1] += counts_[n];
      hours_[n + 1] += hours_[n];
    }
    const double day = day_s / seconds_of(past.period);
    shortest_ = static_cast<std::size_t>(std::max(6.0, 7 * std::min(day, 24.0)));
    window_ = 4 * shortest_;
    spread_ = index_of_dispersion();
  }

  std::optional<LevelBreak> last() const {
    std::optional<LevelBreak> found;
    std::size_t from = 0;
    for (int n = 0; n < breaks_max; ++n) {
      const auto next = best_in(from);
      if (!next) break;
      found = next;
      from = next->period;
    }
    return found;
  }

 private:
  double count(std::size_t from, std::size_t to) const { return counts_[to] - counts_[from]; }
  double hours(std::size_t from, std::size_t to) const { return hours_[to] - hours_[from]; }

  /// Twice the logarithm of the likelihood ratio.
  double contrast(std::size_t from, std::size_t at, std::size_t to) const {
    const double before = hours(from, at), after = hours(at, to);
    if (before <= 0 || after <= 0) return 0;
    return 2 / spread_ *
           (log_part(count(from, at), before) + log_part(count(at, to), after) -
            log_part(count(from, to), before + after));
  }

  /// Neighbours differ by chance and by what is special about each: a level hardly moves between
  /// them.
  double index_of_dispersion() const {
    double squares = 0, sum = 0;
    for (std::size_t n = 1; n < until_; ++n) {
      const double here = count(n, n + 1), before = count(n - 1, n);
      if (hours(n - 1, n) <= 0 || hours(n, n + 1) <= 0) continue;
      squares += (here - before) * (here - before);
      sum += here + before;
    }
    return sum > 0 ? std::max(1.0, squares / sum) : 1;
  }

  std::optional<LevelBreak> best_in(std::size_t from) const {
    double best = everywhere_min;
    std::optional<LevelBreak> found;
    for (std::size_t at = from + shortest_; at + shortest_ <= until_; ++at) {
      const double value = contrast(from, at, until_);
      if (value <= best) continue;
      const double before = count(from, at) / hours(from, at);
      const double after = count(at, until_) / hours(at, until_);
      if (std::max(before, after) < ratio_min * std::min(before, after)) continue;
      const std::size_t low = at > from + window_ ? at - window_ : from;
      if (contrast(low, at, std::min(until_, at + window_)) < nearby_min) continue;
      best = value;
      found = LevelBreak{at, before, after};
    }
    return found;
  }

  std::vector<double> counts_, hours_;
  std::size_t until_, shortest_ = 0, window_ = 0;
  double spread_ = 1;
};

}  // namespace

std::optional<LevelBreak> last_break(const Past& past, const std::vector<double>& busy,
                                     std::size_t until) {
  return Scan(past, busy, until).last();
}

}  // namespace vfstock::sim::forecast::fit
