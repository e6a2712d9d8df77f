#include "sim/forecast/fit/scores.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vfstock::sim::forecast::fit {
namespace {

/// The cumulated probability before and with the observed count.
std::pair<double, double> place_of(const ScaledLaw& forecast, double observed) {
  const auto cell = static_cast<std::size_t>(std::floor(observed / forecast.unit + 0.5));
  double below = 0;
  for (std::size_t k = 0; k < std::min(cell, forecast.law.size()); ++k) below += forecast.law[k];
  return {below, below + (cell < forecast.law.size() ? forecast.law[cell] : 0)};
}

}  // namespace

double ranked_probability_score(const CountLaw& forecast, std::size_t observed) {
  const std::size_t end = std::max(forecast.size(), observed);
  double cumulated = 0, score = 0;
  for (std::size_t k = 0; k < end; ++k) {
    if (k < forecast.size()) cumulated += forecast[k];
    const double step = k >= observed ? 1 : 0;
    score += (cumulated - step) * (cumulated - step);
  }
  return score;
}

double ranked_probability_score(const ScaledLaw& forecast, double observed) {
  double cumulated = 0, score = 0;
  const std::size_t end = forecast.law.size();
  for (std::size_t k = 0; k < end; ++k) {
    cumulated += forecast.law[k];
    const double from = static_cast<double>(k) * forecast.unit, until = from + forecast.unit;
    const double under = std::clamp(observed - from, 0.0, forecast.unit);
    score += cumulated * cumulated * under;
    score += (1 - cumulated) * (1 - cumulated) * (until - from - under);
  }
  return score + std::max(0.0, observed - static_cast<double>(end) * forecast.unit);
}

double pinball_loss(const ScaledLaw& forecast, double observed) {
  constexpr std::array<double, 5> quantiles{0.1, 0.25, 0.5, 0.75, 0.9};
  double loss = 0;
  for (const double p : quantiles) {
    const double above = observed - forecast.quantile(p);
    loss += above >= 0 ? p * above : (p - 1) * above;
  }
  return loss / static_cast<double>(quantiles.size());
}

bool is_covered(const ScaledLaw& forecast, double observed, double share) {
  // A count in units stands for all counts that are nearer to it than to its neighbours.
  const double near = (forecast.unit - 1) / 2;
  return observed >= forecast.quantile((1 - share) / 2) - near &&
         observed <= forecast.quantile((1 + share) / 2) + near;
}

double missed(const ScaledLaw& forecast, double observed, double share) {
  const auto [below, above] = place_of(forecast, observed);
  const double low = (1 - share) / 2, high = (1 + share) / 2;
  const double own = above - below;
  if (own <= 1e-12) return below < low || below >= high ? 1 : 0;
  return (std::max(0.0, std::min(low, above) - below) +
          std::max(0.0, above - std::max(high, below))) /
         own;
}

void Pit::add(const ScaledLaw& forecast, double observed) {
  const auto [below, above] = place_of(forecast, observed);
  const double own = above - below;
  ++count_;
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const double from = static_cast<double>(n) / 10, until = from + 0.1;
    if (own > 1e-12) {
      sums_[n] += std::max(0.0, std::min(until, above) - std::max(from, below)) / own;
    } else if (below >= from && (below < until || n + 1 == sums_.size())) {
      sums_[n] += 1;
    }
  }
}

void Pit::add(const Pit& other) {
  for (std::size_t n = 0; n < sums_.size(); ++n) sums_[n] += other.sums_[n];
  count_ += other.count_;
}

std::array<double, 10> Pit::shares() const {
  std::array<double, 10> shares{};
  for (std::size_t n = 0; n < sums_.size() && count_ > 0; ++n) {
    shares[n] = sums_[n] / static_cast<double>(count_);
  }
  return shares;
}

}  // namespace vfstock::sim::forecast::fit
