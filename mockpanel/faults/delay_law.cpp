#include "mockpanel/faults/delay_law.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "mockpanel/faults/chance.h"

namespace vfstock::mockpanel::faults {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr double longest = 3'600'000;
/// 99 of 100 normal deviates lie below it.
constexpr double normal_p99 = 2.3263478740408408;

/// Box and Muller's method; both fractions lie in [0, 1).
double normal(double a, double b) {
  return std::sqrt(-2 * std::log1p(-a)) * std::cos(2 * std::numbers::pi * b);
}

}  // namespace

Milliseconds drawn(const DelayLaw& law, std::int64_t seed, std::string_view rule,
                   std::string_view route, std::int64_t ordinal) {
  const std::string name(rule);
  // Chances of their own: whether a rule fires says nothing about its delay.
  const double a = fraction(seed, name + " delay", route, ordinal);
  const auto first = static_cast<double>(law.first.count());
  const auto second = static_cast<double>(law.second.count());
  double delay = 0;
  switch (law.shape) {
    case DelayLaw::Shape::uniform:
      delay = first + a * (second - first);
      break;
    case DelayLaw::Shape::exponential:
      delay = -first * std::log1p(-a);
      break;
    case DelayLaw::Shape::lognormal: {
      const double b = fraction(seed, name + " delay angle", route, ordinal);
      delay = first * std::exp(std::log(second / first) / normal_p99 * normal(a, b));
      break;
    }
  }
  return Milliseconds(std::llround(std::clamp(delay, 0.0, longest)));
}

}  // namespace vfstock::mockpanel::faults
