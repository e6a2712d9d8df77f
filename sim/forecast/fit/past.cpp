#include "sim/forecast/fit/past.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/forecast/fit/peaks.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double epoch_weekday = 3;  // 1970-01-01 was a Thursday; Monday is 0
constexpr double five_minutes_s = 300;

/// Batches in the order of their first sale.
std::vector<Batch> batches_of(const std::vector<const Sale*>& sales) {
  std::vector<std::pair<std::int64_t, std::size_t>> by_batch;
  by_batch.reserve(sales.size());
  for (std::size_t n = 0; n < sales.size(); ++n) by_batch.emplace_back(sales[n]->batch, n);
  if (!std::is_sorted(by_batch.begin(), by_batch.end())) {
    std::sort(by_batch.begin(), by_batch.end());
  }
  std::vector<std::pair<std::size_t, Batch>> batches;  // with the number of its first sale
  for (std::size_t n = 0; n < by_batch.size(); ++n) {
    const auto& [batch, number] = by_batch[n];
    const Sale& sale = *sales[number];
    if (n == 0 || by_batch[n - 1].first != batch) {
      batches.push_back({number, {sale.at, sale.hour_known, 0}});
    }
    batches.back().second.vps += sale.vps;
  }
  std::sort(batches.begin(), batches.end(),
            [](const auto& one, const auto& other) { return one.first < other.first; });
  std::vector<Batch> ascending;
  ascending.reserve(batches.size());
  for (const auto& [number, batch] : batches) ascending.push_back(batch);
  return ascending;
}

/// The open shares of so many stretches of this length.
std::vector<double> open_shares(const std::vector<Span>& closed, double begin, double length,
                                std::size_t count) {
  std::vector<double> open(count, 1.0);
  for (const Span& span : closed) {
    const double first = std::floor((span.from - begin) / length);
    for (double n = std::max(0.0, first); n < static_cast<double>(count); ++n) {
      const double from = begin + n * length;
      const double overlap = std::min(span.until, from + length) - std::max(span.from, from);
      if (overlap <= 0) break;
      open[static_cast<std::size_t>(n)] -= overlap / length;
    }
  }
  for (double& share : open) share = share < 1e-9 ? 0 : share;
  return open;
}

void count_batches(Past& past, std::size_t periods) {
  past.batch_counts.assign(periods, 0);
  past.vps_counts.assign(periods, 0);
  past.squares.assign(periods, 0);
  for (const Batch& batch : past.batches) {
    if (!past.closed.empty() && !past.is_open(batch.at)) continue;
    const auto number = static_cast<std::size_t>((batch.at - past.begin) / seconds_of(past.period));
    const auto vps = static_cast<double>(batch.vps);
    past.batch_counts[number] += 1;
    past.vps_counts[number] += vps;
    past.squares[number] += vps * vps;
  }
}

std::array<double, 7> busy_days(const WeekProfile& profile) {
  std::array<double, 7> days{};
  for (std::size_t hour = 0; hour < profile.size(); ++hour) days[hour / 24] += profile[hour];
  return days;
}

std::vector<double> hours_of(const Past& past, const WeekProfile& profile, std::size_t from,
                             std::size_t until, bool all_open) {
  std::vector<double> hours;
  hours.reserve(until - from);
  const double length = seconds_of(past.period);
  const auto days = busy_days(profile);
  for (std::size_t number = from; number < until; ++number) {
    const std::size_t hour = hour_of_week(past.begin_of(number));
    if (past.period != Period::day) {
      const double share = all_open ? 1 : past.open[number];
      hours.push_back(profile[hour] * length / hour_s * share);
    } else if (all_open) {
      hours.push_back(days[hour / 24]);
    } else {
      double sum = 0;
      for (std::size_t n = 0; n < 24; ++n) sum += profile[hour + n] * past.open[24 * number + n];
      hours.push_back(sum);
    }
  }
  return hours;
}

}  // namespace

double seconds_of(Period period) {
  if (period == Period::five_minutes) return five_minutes_s;
  return period == Period::hour ? hour_s : day_s;
}

const char* name_of(Period period) {
  if (period == Period::five_minutes) return "5 minutes";
  return period == Period::hour ? "hour" : "day";
}

std::size_t hour_of_week(double time) {
  const double since_monday = std::fmod(time + epoch_weekday * day_s, week_s);
  const double hour =
      std::floor((since_monday < 0 ? since_monday + week_s : since_monday) / hour_s);
  return std::min<std::size_t>(167, static_cast<std::size_t>(hour));
}

bool Past::is_open(double time) const {
  const auto after = std::upper_bound(closed.begin(), closed.end(), time,
                                      [](double t, const Span& span) { return t < span.from; });
  return after == closed.begin() || std::prev(after)->until <= time;
}

std::map<std::string, std::vector<const Sale*>> sales_by_product(const History& history) {
  std::map<std::string, std::vector<const Sale*>> products;
  for (const Sale& sale : history.sales) products[sale.product].push_back(&sale);
  return products;
}

Past past_of(std::vector<const Sale*> sales, double end, Period period, std::vector<Span> closed) {
  Past past;
  const double length = seconds_of(period);
  past.period = period;
  // A history that ends a moment before midnight ends at midnight.
  constexpr double tolerance = 0.01;
  past.begin = past.end = std::floor(end / length + tolerance) * length;
  past.sales = sales;
  while (!sales.empty() && sales.back()->at >= past.end) sales.pop_back();
  if (sales.empty()) return past;
  past.product = sales.front()->product;
  past.begin = std::floor(sales.front()->at / length) * length;
  past.batches = batches_of(sales);
  past.closed = merged(std::move(closed));
  const auto periods = static_cast<std::size_t>(std::llround((past.end - past.begin) / length));
  count_batches(past, periods);
  past.most = plausible_orders(past);
  if (past.closed.empty()) return past;
  const bool by_day = period == Period::day;
  past.open = open_shares(past.closed, past.begin, by_day ? hour_s : length,
                          by_day ? 24 * periods : periods);
  return past;
}

double open_share(double begin, double end, const std::vector<Span>& closed) {
  double open = end - begin;
  for (const Span& span : closed) {
    open -= std::max(0.0, std::min(span.until, end) - std::max(span.from, begin));
  }
  return open / (end - begin);
}

std::vector<double> open_hours(const Past& past, const WeekProfile& profile, std::size_t from,
                               std::size_t until) {
  return hours_of(past, profile, from, until, past.open.empty());
}

std::vector<double> busy_hours(const Past& past, const WeekProfile& profile, std::size_t from,
                               std::size_t until) {
  return hours_of(past, profile, from, until, true);
}

}  // namespace vfstock::sim::forecast::fit
