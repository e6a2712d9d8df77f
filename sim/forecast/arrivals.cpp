#include "sim/forecast/arrivals.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/forecast/law.h"

namespace vfstock::sim::forecast {
namespace {

constexpr double days_per_month = 30;
constexpr std::uint32_t attempts_per_day = 64;

// Gamma with mean 1 and this coefficient of variation, by Marsaglia and Tsang (2000). A shape below
// 1 is drawn one higher and brought down by a power of another uniform.
double gamma_level(double deviation, const Chance& chance, Purpose purpose, std::uint32_t stream,
                   std::uint32_t first_index) {
  if (deviation <= 0) return 1;
  const double shape = 1 / (deviation * deviation);
  const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  double level = 1;
  // Each try succeeds nineteen times in twenty: the last index is never reached.
  for (std::uint32_t attempt = 0; attempt + 1 < attempts_per_day; ++attempt) {
    const Bits bits = chance.bits(purpose, stream, first_index + attempt);
    const double z = normal_quantile(unit(bits.first));
    const double cube = std::pow(1 + c * z, 3);
    if (cube <= 0) continue;
    if (std::log(unit(bits.second)) < z * z / 2 + d * (1 - cube + std::log(cube))) {
      level = d * cube;
      break;
    }
  }
  if (shape < 1) {
    const Bits bits = chance.bits(purpose, stream, first_index + attempts_per_day - 1);
    level *= std::pow(unit(bits.first), 1 / shape);
  }
  return level / shape;
}

}  // namespace

void Arrivals::begin(const ArrivalRate& rate, const Chance& chance, std::uint32_t stream,
                     double horizon) {
  rate_ = &rate;
  chance_ = chance;
  stream_ = stream;
  at_ = rate.from;
  end_ = std::min(rate.until, horizon);
  day_ = -1;
  day_factor_ = 1;
  replicate_level_ = gamma_level(rate.replicate_deviation, chance, Purpose::level, stream, 0);
  enter_piece(at_);
}

double Arrivals::next(double unit_exponential) {
  double left = unit_exponential;
  for (;;) {
    const double reach = piece_rate_ > 0 ? at_ + left / piece_rate_ : never;
    if (reach <= piece_end_) return at_ = reach;
    if (piece_end_ >= end_) return never;
    left -= (piece_end_ - at_) * piece_rate_;
    at_ = piece_end_;
    enter_piece(at_);
  }
}

void Arrivals::enter_piece(double at) {
  double end = end_;
  double factor = replicate_level_;
  if (rate_->growth_per_month != 0 || rate_->day_deviation > 0) {
    const auto day = static_cast<std::int64_t>(std::floor(at / day_ms));
    if (day != day_) {
      day_ = day;
      day_factor_ = level_of_day(day);
    }
    factor *= day_factor_;
    end = std::min(end, static_cast<double>(day + 1) * day_ms);
  }
  if (!rate_->hours.empty()) {
    const auto hour = static_cast<std::int64_t>(std::floor(at / hour_ms));
    factor *= rate_->hours[static_cast<std::size_t>(hour) % rate_->hours.size()];
    end = std::min(end, static_cast<double>(hour + 1) * hour_ms);
  }
  factor *= boosts_at(at, end);
  piece_rate_ = rate_->per_day / day_ms * factor;
  piece_end_ = end;
}

double Arrivals::level_of_day(std::int64_t day) const {
  const double trend =
      std::pow(1 + rate_->growth_per_month, static_cast<double>(day) / days_per_month);
  return trend * gamma_level(rate_->day_deviation, chance_, Purpose::day_level, stream_,
                             static_cast<std::uint32_t>(day) * attempts_per_day);
}

double Arrivals::boosts_at(double at, double& end) const {
  double factor = 1;
  for (const Boost& boost : rate_->boosts) {
    if (at < boost.from) {
      end = std::min(end, boost.from);
    } else if (at < boost.until) {
      factor *= boost.factor;
      end = std::min(end, boost.until);
    }
  }
  return factor;
}

}  // namespace vfstock::sim::forecast
