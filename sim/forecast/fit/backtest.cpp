#include "sim/forecast/fit/backtest.h"

#include <algorithm>

#include "sim/forecast/fit/scores.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr std::size_t periods_min = 21, steps_max = 12;
constexpr std::array<double, 5> held_quantiles{0.1, 0.25, 0.5, 0.75, 0.9};

/// All methods, learnt from one past.
class Learnt {
 public:
  explicit Learnt(const Past& past)
      : past_(past),
        profile_(week_profile(past)),
        sizes_(sizes_of(past.batches)),
        batches_(batch_trend(past, profile_, sizes_)),
        vps_(trend_of(past, profile_, past.vps_counts(), false)),
        poisson_(trend_of(past, profile_, past.vps_counts(), true)) {
    auto counts = past.vps_counts();
    const auto month = static_cast<std::size_t>(month_s / seconds_of(past.period));
    if (counts.size() > month) {
      counts.erase(counts.begin(), counts.end() - static_cast<std::ptrdiff_t>(month));
    }
    last_month_ = observed_law(counts);
  }

  CountLaw law(Method method, double from) const {
    const double until = from + seconds_of(past_.period);
    switch (method) {
      case Method::fitted:
        return spread(batches_, from, until, sizes_);
      case Method::negative_binomial:
        return spread(vps_, from, until, {1.0});
      case Method::poisson:
        return count_law(poisson_.mean(profile_, from, until), 0);
      case Method::last_month:
        break;
    }
    return last_month_;
  }

 private:
  /// With what is not known of the rate: two independent levels multiply.
  CountLaw spread(const Trend& trend, double from, double until, const SizeLaw& sizes) const {
    const double error = trend.rate_error((from + until) / 2);
    const double dispersion = (1 + trend.model.dispersion) * (1 + error * error) - 1;
    return count_law(trend.mean(profile_, from, until), dispersion, sizes);
  }

  const Past& past_;
  WeekProfile profile_;
  SizeLaw sizes_;
  Trend batches_, vps_, poisson_;
  CountLaw last_month_;
};

Score score_of(const CountLaw& law, std::size_t observed) {
  Score score;
  score.forecasts = 1;
  score.within_50 = is_covered(law, observed, 0.5) ? 1 : 0;
  score.within_80 = is_covered(law, observed, 0.8) ? 1 : 0;
  score.pinball = pinball_loss(law, observed);
  score.ranked = ranked_probability_score(law, observed);
  return score;
}

}  // namespace

std::string name_of(Method method) {
  switch (method) {
    case Method::fitted:
      return "fitted";
    case Method::negative_binomial:
      return "negative binomial";
    case Method::poisson:
      return "Poisson";
    case Method::last_month:
      break;
  }
  return "last month";
}

void Score::add(const Score& other) {
  forecasts += other.forecasts;
  within_50 += other.within_50;
  within_80 += other.within_80;
  pinball += other.pinball;
  ranked += other.ranked;
}

Backtest backtest_of(const Past& past) {
  Backtest backtest;
  const std::size_t periods = past.periods();
  if (periods < periods_min) return backtest;
  const std::size_t held_out = periods / 3;
  const std::size_t step = (held_out + steps_max - 1) / steps_max;
  const auto counts = past.vps_counts();
  for (std::size_t first = periods - held_out; first < periods; first += step) {
    const Past known = past.until(first);
    const Learnt learnt(known);
    for (std::size_t n = first; n < std::min(periods, first + step); ++n) {
      const double from = past.begin + static_cast<double>(n) * seconds_of(past.period);
      for (std::size_t m = 0; m < methods.size(); ++m) {
        const CountLaw law = learnt.law(methods[m], from);
        backtest.scores[m].add(score_of(law, counts[n]));
        if (methods[m] != Method::fitted) continue;
        Held held{from, counts[n], {}};
        for (std::size_t q = 0; q < held_quantiles.size(); ++q) {
          held.quantiles[q] = quantile(law, held_quantiles[q]);
        }
        backtest.held.push_back(held);
      }
    }
  }
  return backtest;
}

}  // namespace vfstock::sim::forecast::fit
