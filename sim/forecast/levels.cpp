#include "sim/forecast/levels.h"

#include <algorithm>
#include <cmath>

#include "sim/forecast/law.h"

namespace vfstock::sim::forecast {
namespace {

constexpr std::uint32_t attempts = 64;

}  // namespace

// Gamma with mean 1 and this coefficient of variation, by Marsaglia and Tsang (2000). A shape below
// 1 is drawn one higher and brought down by a power of another uniform.
double gamma_level(double deviation, const Chance& chance, Purpose purpose, std::uint32_t entity,
                   std::uint32_t first_index) {
  if (deviation <= 0) return 1;
  const double shape = 1 / (deviation * deviation);
  const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  double level = 1;
  // Each try succeeds nineteen times in twenty: the last index is never reached.
  for (std::uint32_t attempt = 0; attempt + 1 < attempts; ++attempt) {
    const Bits bits = chance.bits(purpose, entity, first_index + attempt);
    const double z = normal_quantile(unit(bits.first));
    const double cube = std::pow(1 + c * z, 3);
    if (cube <= 0) continue;
    if (std::log(unit(bits.second)) < z * z / 2 + d * (1 - cube + std::log(cube))) {
      level = d * cube;
      break;
    }
  }
  if (shape < 1) {
    const Bits bits = chance.bits(purpose, entity, first_index + attempts - 1);
    level *= std::pow(unit(bits.first), 1 / shape);
  }
  return level / shape;
}

void LevelPath::begin(const Levels& levels, const Chance& chance, std::uint32_t entity) {
  levels_ = &levels;
  chance_ = chance;
  entity_ = entity;
  replicate_ = gamma_level(levels.replicate, chance, Purpose::level, entity, 0);
  day_ = stretch_ = step_ = -1;
  day_level_ = brief_level_ = 1;
  walk_log_ = 0;
}

double LevelPath::at(double at, double& end) {
  double factor = replicate_;
  const auto enter = [&](double length) {
    const double index = std::floor(at / length);
    end = std::min(end, (index + 1) * length);
    return static_cast<std::int64_t>(index);
  };
  if (levels_->day > 0) {
    if (const std::int64_t day = enter(day_ms); day != day_) {
      day_ = day;
      day_level_ = gamma_level(levels_->day, chance_, Purpose::day_level, entity_,
                               static_cast<std::uint32_t>(day) * attempts);
    }
    factor *= day_level_;
  }
  if (levels_->brief > 0) {
    if (const std::int64_t stretch = enter(levels_->every); stretch != stretch_) {
      stretch_ = stretch;
      brief_level_ = gamma_level(levels_->brief, chance_, Purpose::brief_level, entity_,
                                 static_cast<std::uint32_t>(stretch) * attempts);
    }
    factor *= brief_level_;
  }
  if (levels_->walk > 0) factor *= walked_to(enter(levels_->step()));
  return factor;
}

// The first step is taken on entering the first day: the walk begins where the past ended. Half
// the variance is taken off, so that the mean stays 1.
double LevelPath::walked_to(std::int64_t step) {
  const double variance = levels_->walk * levels_->walk * levels_->step() / day_ms;
  for (; step_ < step; ++step_) {
    const Bits bits = chance_.bits(Purpose::walk, entity_, static_cast<std::uint32_t>(step_ + 1));
    walk_log_ += std::sqrt(variance) * normal_quantile(unit(bits.first)) - variance / 2;
  }
  return std::exp(walk_log_);
}

}  // namespace vfstock::sim::forecast
