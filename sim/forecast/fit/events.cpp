#include "sim/forecast/fit/events.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double nearby_s = 4 * week_s;

/// Busy hours between two moments as if all were open.
double busy_between(const WeekProfile& profile, double from, double until) {
  double sum = 0;
  for (double at = from; at < until;) {
    const double next = std::min(until, (std::floor(at / hour_s) + 1) * hour_s);
    sum += profile[hour_of_week(at)] * (next - at) / hour_s;
    at = next;
  }
  return sum;
}

/// Open orders per open busy hour in the periods that touch a window.
double rate_within(const Past& past, const std::vector<double>& open, double from, double until) {
  double orders = 0, hours = 0;
  for (std::size_t n = 0; n < past.periods(); ++n) {
    const double begin = past.begin_of(n);
    if (begin + seconds_of(past.period) <= from || begin >= until) continue;
    orders += past.batch_counts[n];
    hours += open[n];
  }
  return hours > 0 ? orders / hours : -1;
}

double orders_within(const Past& past, const Span& span) {
  double orders = 0;
  for (const Batch& batch : past.batches) {
    orders += batch.at >= span.from && batch.at < span.until ? 1 : 0;
  }
  return orders;
}

}  // namespace

std::vector<EventFactor> event_factors(const Past& past, const WeekProfile& profile,
                                       const std::vector<NamedEvent>& events) {
  const auto open = open_hours(past, profile, 0, past.periods());
  const double all = std::max(0.0, rate_within(past, open, past.begin, past.end));
  std::map<std::string, EventFactor> factors;
  for (const NamedEvent& event : events) {
    const Span span{std::max(event.span.from, past.begin), std::min(event.span.until, past.end)};
    if (span.from >= span.until) continue;
    EventFactor& factor = factors[event.name];
    factor.name = event.name;
    factor.spans.push_back(span);
    factor.orders += orders_within(past, span);
    const double near = rate_within(past, open, span.from - nearby_s, span.until + nearby_s);
    factor.usual += (near < 0 ? all : near) * busy_between(profile, span.from, span.until);
  }
  std::vector<EventFactor> by_name;
  for (auto& [name, factor] : factors) {
    std::sort(factor.spans.begin(), factor.spans.end(),
              [](const Span& one, const Span& other) { return one.from < other.from; });
    by_name.push_back(std::move(factor));
  }
  return by_name;
}

}  // namespace vfstock::sim::forecast::fit
