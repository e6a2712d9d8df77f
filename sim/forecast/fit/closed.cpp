#include "sim/forecast/fit/closed.h"

#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr int rounds_max = 200;
constexpr double converged = 1e-9;

double length_of(const std::vector<Span>& spans) {
  double sum = 0;
  for (const Span& span : spans) sum += span.until - span.from;
  return sum;
}

/// The mean of an exponential waiting time that is known to be at most `most`.
double mean_wait(double rate, double most) {
  const double expected = rate * most;
  if (expected < 1e-6) return most / 2;
  return 1 / rate - (expected > 700 ? 0 : most / std::expm1(expected));
}

/// What lies within a window and in none of the spans.
double open_time(double from, double until, const std::vector<Span>& closed) {
  double open = until - from;
  for (const Span& span : closed) {
    open -= std::max(0.0, std::min(until, span.until) - std::max(from, span.from));
  }
  return open;
}

}  // namespace

std::vector<Span> closed_parts(const std::vector<double>& orders, double begin, double end,
                               const std::vector<Span>& closed, const std::vector<Span>& gaps) {
  std::vector<Span> parts;
  std::vector<Span> unknown;
  for (const Span& gap : gaps) {
    // The sale of the last one was still possible.
    const double from = std::nextafter(gap.from, gap.until);
    (gap.until >= end ? parts : unknown).push_back({from, std::min(gap.until, end)});
  }
  std::vector<Span> whole = closed;
  whole.insert(whole.end(), gaps.begin(), gaps.end());
  const double certain = open_time(begin, end, merged(whole));
  double rate = static_cast<double>(orders.size()) / std::max(1.0, end - begin);
  for (int round = 0; round < rounds_max && !unknown.empty(); ++round) {
    double waited = 0;
    for (const Span& gap : unknown) waited += mean_wait(rate, gap.until - gap.from);
    const double next = static_cast<double>(orders.size()) / std::max(1.0, certain + waited);
    const bool done = std::abs(next - rate) <= converged * rate;
    rate = next;
    if (done) break;
  }
  for (const Span& gap : unknown) {
    parts.push_back({gap.from, gap.until - mean_wait(rate, gap.until - gap.from)});
  }
  return merged(std::move(parts));
}

std::vector<Span> suspicious_gaps(const std::vector<double>& orders, double begin, double end,
                                  const std::vector<Span>& closed) {
  constexpr std::size_t orders_min = 20;
  constexpr double surprise = 7;  // a thousand times rarer than the longest gap among all
  std::vector<Span> found;
  if (orders.size() < orders_min) return found;
  // Long gaps lower the rate by which they are judged, so it is learnt without them until it stays.
  for (int round = 0; round < 5; ++round) {
    std::vector<Span> without = closed;
    without.insert(without.end(), found.begin(), found.end());
    without = merged(std::move(without));
    const double count = static_cast<double>(orders.size());
    const double rate = count / std::max(1.0, end - begin - length_of(without));
    std::vector<Span> next;
    for (std::size_t n = 1; n < orders.size(); ++n) {
      const double open = open_time(orders[n - 1], orders[n], closed);
      if (rate * open > std::log(count) + surprise) next.push_back({orders[n - 1], orders[n]});
    }
    const bool done = next.size() == found.size();
    found = std::move(next);
    if (done) break;
  }
  return found;
}

}  // namespace vfstock::sim::forecast::fit
