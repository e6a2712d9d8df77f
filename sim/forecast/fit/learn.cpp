#include "sim/forecast/fit/learn.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "sim/forecast/fit/level.h"
#include "sim/forecast/fit/peaks.h"
#include "sim/forecast/fit/regression.h"

namespace vfstock::sim::forecast::fit {
namespace {

// Demand seldom grows by more than a tenth a month.
constexpr double growth_prior = 0.1;

/// Sizes at a size factor of 1, by how often they were seen: what came at an hour of large orders
/// is brought back.
SizeLaw sizes_before(const Past& past, double end, const Pattern& pattern) {
  constexpr double kept_s = 26 * week_s;
  constexpr std::int64_t size_max = 10'000;
  SizeLaw sizes;
  double count = 0;
  const auto last =
      std::lower_bound(past.batches.begin(), past.batches.end(), end,
                       [](const Batch& batch, double time) { return batch.at < time; });
  for (auto batch = past.batches.begin(); batch != last; ++batch) {
    if (batch->at < end - kept_s && count + static_cast<double>(last - batch) > 400) continue;
    if (!past.closed.empty() && !past.is_open(batch->at)) continue;
    const auto beyond =
        static_cast<double>(std::clamp<std::int64_t>(batch->vps, 1, size_max) - 1) /
        (pattern.has_sizes ? pattern.size_factors[hour_of_week(batch->at) % 24] : 1);
    const auto whole = static_cast<std::size_t>(std::min(beyond, 1.0 * size_max));
    const double part = beyond - static_cast<double>(whole);
    if (sizes.size() < whole + 1 + (part > 0 ? 1 : 0)) sizes.resize(whole + 1 + (part > 0 ? 1 : 0));
    sizes[whole] += 1 - part;
    if (part > 0) sizes[whole + 1] += part;
    ++count;
  }
  if (count == 0) return {1.0};
  for (double& share : sizes) share /= count;
  return sizes;
}

Outlook blank(const Known& known) {
  Outlook outlook;
  outlook.period = known.past.period;
  outlook.begin = known.past.begin_of(known.until);
  outlook.pattern = known.pattern;
  outlook.sizes = known.sizes;
  return outlook;
}

Outlook level_outlook(const Known& known, double half_life) {
  const Level level = level_of(known, half_life);
  Outlook outlook = blank(known);
  outlook.per_hour = level.per_hour;
  outlook.orders = level.orders;
  outlook.vps = level.vps;
  return outlook;
}

/// Counts against time alone, from the last break on.
CountData trend_data(const Known& known) {
  const auto rows = static_cast<Eigen::Index>(known.until - known.first);
  const double months = seconds_of(known.past.period) / month_s;
  CountData data;
  data.counts.resize(rows);
  data.exposures.resize(rows);
  data.terms.resize(rows, 2);
  data.precision = Eigen::Vector2d(0, 1 / (growth_prior * growth_prior));
  for (Eigen::Index row = 0; row < rows; ++row) {
    const std::size_t period = known.first + static_cast<std::size_t>(row);
    data.counts[row] = known.orders[period];
    data.exposures[row] = std::max(1e-9, known.busy[period]);
    data.terms.row(row) << 1,
        (static_cast<double>(period) + 0.5 - static_cast<double>(known.until)) * months;
  }
  return data;
}

/// The trend that two candidates share.
struct Trend {
  CountData data;
  CountModel poisson;
  bool found = false;  // something was ordered
};

Trend trend_of(const Known& known) {
  Trend trend{trend_data(known), {}, false};
  trend.found = trend.data.counts.sum() > 0;
  if (trend.found) trend.poisson = fit_poisson(trend.data);
  return trend;
}

Outlook regression_outlook(const Known& known, const Trend& trend, bool poisson) {
  Outlook outlook = blank(known);
  if (!trend.found) return level_outlook(known, std::numeric_limits<double>::infinity());
  const CountData& data = trend.data;
  const CountModel model = poisson ? trend.poisson : fit_negative_binomial(data, trend.poisson);
  const double months = seconds_of(known.past.period) / month_s;
  outlook.per_hour = std::exp(model.coefficients[0]);
  outlook.growth = model.coefficients[1] * months;
  if (poisson) return outlook;
  const double middle = static_cast<double>(known.lead) / 2 * months;
  const double error = model.log_error(Eigen::Vector2d(1, middle));
  outlook.orders = {error * error, model.dispersion, 0};
  outlook.vps = outlook.orders;
  const auto means = data.exposures.array() * (data.terms * model.coefficients).array().exp();
  const double apart = vps_dispersion(known, Eigen::VectorXd(means.matrix()));
  outlook.vps.brief = std::max(outlook.vps.brief, apart);
  return outlook;
}

// Whether anything was ordered, and how much where something was, are smoothed apart; the first
// every period, so that a product that died comes down.
Outlook intermittent_outlook(const Known& known) {
  const auto counts = known.orders.begin();
  double some = 0, hours = 0, periods = 0;  // open ones
  for (std::size_t n = known.first; n < known.until; ++n) {
    if (known.busy[n] <= 0) continue;
    some += counts[static_cast<std::ptrdiff_t>(n)] > 0 ? 1 : 0;
    hours += known.busy[n];
    ++periods;
  }
  double chance = (some + 0.5) / (periods + 1), size = 1, square = 1;
  const double speed = std::clamp(chance / 8, 0.01, 0.2);
  bool begun = false;
  for (std::size_t n = known.first; n < known.until; ++n) {
    if (known.busy[n] <= 0) continue;
    const double count = counts[static_cast<std::ptrdiff_t>(n)];
    chance += speed * ((count > 0 ? 1.0 : 0.0) - chance);
    if (count <= 0) continue;
    const double weight = begun ? speed : 1;
    size += weight * (count - size);
    square += weight * (count * count - square);
    begun = true;
  }
  Outlook outlook = blank(known);
  const double mean = std::max(1e-9, chance * size);
  outlook.per_hour = mean * periods / std::max(1e-9, hours);
  const double variance = chance * square - mean * mean;
  outlook.orders.brief = std::max(0.0, (variance - mean) / (mean * mean));
  outlook.orders.fixed = speed / (2 - speed) * (1 - chance) / chance;
  outlook.vps = outlook.orders;
  return outlook;
}

/// All periods alike, as those of the last thirty days were.
Outlook last_month_outlook(const Known& known) {
  const auto month = static_cast<std::size_t>(month_s / seconds_of(known.past.period));
  Known recent = known;
  recent.first = known.until > month ? known.until - month : 0;
  recent.pattern = {};
  recent.factors.clear();
  const double hours = seconds_of(known.past.period) / hour_s;
  WeekProfile flat;
  flat.fill(1);
  recent.busy = open_hours(known.past, flat, 0, known.until);
  Outlook outlook = blank(recent);
  double count = 0, open = 0;
  for (std::size_t n = recent.first; n < known.until; ++n) {
    count += known.orders[n];
    open += recent.busy[n];
  }
  outlook.per_hour = std::max(count, 0.5) / std::max(open, hours);
  const Eigen::VectorXd means = means_at(recent, outlook.per_hour);
  outlook.orders.brief = order_dispersion(recent, means);
  outlook.vps = outlook.orders;
  outlook.vps.brief = std::max(outlook.vps.brief, vps_dispersion(recent, means));
  return outlook;
}

/// Each period as the one of the same hours a week before, or a day before in a shorter history.
Outlook last_week_outlook(const Known& known) {
  const double length = seconds_of(known.past.period);
  const double available = static_cast<double>(known.until) * length;
  const double cycle = available >= 2 * week_s ? week_s : day_s;
  const auto lag = static_cast<std::size_t>(std::min(cycle, available) / length);
  Outlook outlook = blank(known);
  WeekProfile flat;
  flat.fill(1);
  const auto open = open_hours(known.past, flat, known.until - lag, known.until);
  double ordered = 0, hours = 0;
  for (std::size_t n = 0; n < lag; ++n) {
    ordered += known.orders[known.until - lag + n];
    hours += open[n];
  }
  const double rate = hours > 0 ? ordered / hours : 0;
  WeekProfile seen{};
  for (std::size_t n = known.until - lag; n < known.until; ++n) {
    const std::size_t hour = hour_of_week(known.past.begin_of(n));
    // While it was closed as much would have been ordered as in the rest of the week.
    const double shut = length / hour_s - open[n - (known.until - lag)];
    const double count = known.orders[n] + rate * shut + 0.02;
    for (std::size_t cell = 0; cell < 168; ++cell) {
      const bool same_hour = known.past.period == Period::day || cell % 24 == hour % 24;
      const bool same_day = cycle < week_s || cell / 24 == hour / 24;
      if (same_hour && same_day) seen[cell] += count / (known.past.period == Period::day ? 24 : 1);
    }
  }
  const double mean = std::accumulate(seen.begin(), seen.end(), 0.0) / 168;
  for (double& hour : seen) hour /= mean;
  outlook.pattern.hours = seen;
  outlook.per_hour = mean / (cycle < week_s && known.past.period == Period::day ? 7 : 1);
  double squares = 0, chance = 0, scale = 0;
  for (std::size_t n = lag; n < known.until; ++n) {
    const double here = known.orders[n], before = known.orders[n - lag];
    squares += (here - before) * (here - before);
    chance += before;
    scale += before * before;
  }
  outlook.orders.brief = scale > 0 ? std::max(0.0, (squares - chance) / scale) : 0;
  outlook.vps = outlook.orders;
  return outlook;
}

Outlook outlook_of(Method method, const Known& known, const Trend& trend) {
  switch (method) {
    case Method::level_fast:
    case Method::level:
    case Method::level_slow:
    case Method::level_flat:
      return level_outlook(known, half_life_of(method, known.past.period));
    case Method::negative_binomial:
      return regression_outlook(known, trend, false);
    case Method::poisson:
      return regression_outlook(known, trend, true);
    case Method::intermittent:
      return intermittent_outlook(known);
    case Method::last_month:
      return last_month_outlook(known);
    case Method::last_week:
      break;
  }
  return last_week_outlook(known);
}

}  // namespace

std::string name_of(Method method, Period period) {
  const auto level = [&] {
    const double seconds = half_life_of(method, period) * seconds_of(period);
    return seconds < 2 * day_s ? fmt::format("level, {:.0f} h", seconds / hour_s)
                               : fmt::format("level, {:.0f} days", seconds / day_s);
  };
  switch (method) {
    case Method::level_fast:
    case Method::level:
    case Method::level_slow:
      return level();
    case Method::level_flat:
      return "level, all";
    case Method::negative_binomial:
      return "negative binomial";
    case Method::poisson:
      return "Poisson";
    case Method::intermittent:
      return "intermittent";
    case Method::last_month:
      return "last month";
    case Method::last_week:
      break;
  }
  return "last week";
}

double half_life_of(Method method, Period period) {
  constexpr double all = std::numeric_limits<double>::infinity();
  const bool fast = method == Method::level_fast, slow = method == Method::level_slow;
  if (method == Method::level_flat) return all;
  if (period == Period::day) return fast ? 7 : slow ? 60 : 21;
  if (period == Period::hour) return fast ? 4 : slow ? 72 : 16;
  return fast ? 6 : slow ? 144 : 30;
}

Known known_before(const Past& past, std::size_t until, std::size_t lead, Pattern pattern) {
  Known known{past, 0, until, lead, std::move(pattern), {}, {}, {}, {}, {}};
  known.busy = open_hours(past, known.pattern.hours, 0, until);
  const auto end = static_cast<std::ptrdiff_t>(until);
  known.orders.assign(past.batch_counts.begin(), past.batch_counts.begin() + end);
  known.vps.assign(past.vps_counts.begin(), past.vps_counts.begin() + end);
  for (const std::size_t n : peaks_before(past, until)) {
    known.vps[n] *= past.most[n] / known.orders[n];
    known.orders[n] = past.most[n];
  }
  known.sizes = sizes_before(past, past.begin_of(until), known.pattern);
  if (known.pattern.has_sizes && past.period != Period::day) {
    known.factors.reserve(until);
    for (std::size_t n = 0; n < until; ++n) {
      known.factors.push_back(known.pattern.size_factors[hour_of_week(past.begin_of(n)) % 24]);
    }
  }
  return known;
}

std::vector<Outlook> candidates_of(const Known& known) {
  const Trend trend = trend_of(known);
  std::vector<Outlook> candidates;
  candidates.reserve(methods.size());
  for (const Method method : methods) candidates.push_back(outlook_of(method, known, trend));
  return candidates;
}

}  // namespace vfstock::sim::forecast::fit
