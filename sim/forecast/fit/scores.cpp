#include "sim/forecast/fit/scores.h"

#include <algorithm>
#include <array>

namespace vfstock::sim::forecast::fit {

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

double pinball_loss(const CountLaw& forecast, std::size_t observed) {
  constexpr std::array<double, 5> quantiles{0.1, 0.25, 0.5, 0.75, 0.9};
  double loss = 0;
  for (const double p : quantiles) {
    const double above = static_cast<double>(observed) - static_cast<double>(quantile(forecast, p));
    loss += above >= 0 ? p * above : (p - 1) * above;
  }
  return loss / static_cast<double>(quantiles.size());
}

bool is_covered(const CountLaw& forecast, std::size_t observed, double share) {
  return observed >= quantile(forecast, (1 - share) / 2) &&
         observed <= quantile(forecast, (1 + share) / 2);
}

}  // namespace vfstock::sim::forecast::fit
