#include "sim/forecast/fit/mixture.h"

#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr Method reference = Method::level_flat;
constexpr double memory = 0.95;  // of a score, per moment
constexpr double eagerness = 3;  // of a weight to fall, per moment and share of the score
constexpr double honest_miss = 0.2;
constexpr double period_step = 0.03, total_step = 0.1, logarithm_max = 1.1;

/// Before anything has been scored. The Poisson regression has the negative binomial's rate.
double prior_of(Method method) {
  switch (method) {
    case Method::level_flat:
      return 2;
    case Method::level_slow:
      return 1.5;
    case Method::level:
      return 1;
    case Method::poisson:
      return 0;
    case Method::level_fast:
    case Method::negative_binomial:
    case Method::intermittent:
    case Method::last_month:
    case Method::last_week:
      break;
  }
  return method == Method::last_month || method == Method::last_week ? 0.2 : 0.4;
}

/// Only levels know how far they move.
bool knows_its_spread(Method method) { return place_of(method) <= place_of(Method::level_flat); }

void add(Spread& sum, const Spread& part, double weight) {
  sum.fixed += weight * part.fixed;
  sum.brief += weight * part.brief;
  sum.walk += weight * part.walk;
}

Spread calibrated(const Spread& sum, double total, double brief, double lasting, double between) {
  return {(sum.fixed / total + between) * lasting, sum.brief / total * brief,
          sum.walk / total * lasting};
}

double stepped(double logarithm, double step, const ScaledLaw& law, double seen) {
  const double next = logarithm + step * (missed(law, seen, 1 - honest_miss) - honest_miss);
  return std::clamp(next, -logarithm_max, logarithm_max);
}

}  // namespace

void Race::add(const std::array<ScoreRow, methods.size()>& rows) {
  for (std::size_t m = 0; m < rows.size(); ++m) {
    for (std::size_t n = 0; n < rows[m].size(); ++n) {
      sums_[m][n] = memory * sums_[m][n] + rows[m][n];
    }
  }
  moments_ = memory * moments_ + 1;
}

double Race::relative(Method method) const {
  const ScoreRow& scale = sums_[place_of(reference)];
  double sum = 0;
  for (std::size_t n = 0; n < scale.size(); ++n) {
    if (scale[n] > 0) sum += sums_[place_of(method)][n] / scale[n];
  }
  return sum / static_cast<double>(scale.size());
}

Method Race::best() const {
  Method best = Method::level_slow;
  for (const Method method : methods) {
    if (moments_ > 0 && relative(method) < relative(best)) best = method;
  }
  return best;
}

Weights Race::weights() const {
  Weights weights{};
  const double least = relative(best());
  double sum = 0;
  for (std::size_t m = 0; m < weights.size(); ++m) {
    const double behind = relative(methods[m]) - least;
    weights[m] = prior_of(methods[m]) * std::exp(-eagerness * moments_ * behind);
    sum += weights[m];
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

void Record::add_period(const ScaledLaw& orders, double seen_orders, const ScaledLaw& vps,
                        double seen_vps) {
  brief_orders_ = stepped(brief_orders_, period_step, orders, seen_orders);
  brief_vps_ = stepped(brief_vps_, period_step, vps, seen_vps);
}

void Record::add_total(const ScaledLaw& vps, double seen) {
  lasting_ = stepped(lasting_, total_step, vps, seen);
}

Calibration Record::calibration() const {
  return {std::exp(brief_orders_), std::exp(brief_vps_), std::exp(lasting_)};
}

Outlook mixture_of(const std::vector<Outlook>& outlooks, const Weights& weights,
                   const Calibration& calibration) {
  Outlook mixture = outlooks[place_of(reference)];
  mixture.pattern.hours.fill(0);
  double log_rate = 0, growth = 0, between = 0, levels = 1e-9;
  Spread orders, vps;
  for (std::size_t m = 0; m < weights.size(); ++m) {
    const Outlook& one = outlooks[m];
    log_rate += weights[m] * std::log(one.per_hour);
    growth += weights[m] * one.growth;
    for (std::size_t hour = 0; hour < one.pattern.hours.size(); ++hour) {
      mixture.pattern.hours[hour] += weights[m] * one.pattern.hours[hour];
    }
    if (!knows_its_spread(methods[m])) continue;
    levels += weights[m];
    add(orders, one.orders, weights[m]);
    add(vps, one.vps, weights[m]);
  }
  for (std::size_t m = 0; m < weights.size(); ++m) {
    const double apart = std::log(outlooks[m].per_hour) - log_rate;
    between += weights[m] * apart * apart;
  }
  mixture.per_hour = std::exp(log_rate);
  mixture.growth = growth;
  mixture.orders =
      calibrated(orders, levels, calibration.brief_orders, calibration.lasting, between);
  mixture.vps = calibrated(vps, levels, calibration.brief_vps, calibration.lasting, between);
  mixture.vps.brief = std::max(mixture.vps.brief, mixture.orders.brief);
  mixture.vps.walk = std::max(mixture.vps.walk, mixture.orders.walk);
  return mixture;
}

}  // namespace vfstock::sim::forecast::fit
