#include <Eigen/Core>
#include <array>

#include "engine/capacity/fit_sum_kernels.h"

namespace vfstock::capacity {
namespace {

/// Four hypervisors at a time: Eigen keeps a block this small in registers.
using Block = Eigen::Array<double, 4, 1>;

template <Quotient quotient, class Usable>
auto quotients(const Usable& usable, double divisor) {
  if constexpr (quotient == Quotient::reciprocal) {
    return usable * divisor;
  } else {
    return usable / divisor;
  }
}

/// The smallest quotient of the hypervisors from `place`, as many as `Places` holds.
template <Quotient quotient, class Places, std::size_t count>
Places smallest_fits(const std::array<Demand, count>& demands, Place place) {
  const auto quotients_of = [place](const Demand& demand) -> Places {
    return quotients<quotient>(Eigen::Map<const Places>(demand.usable + place), demand.need);
  };
  Places smallest = quotients_of(demands[0]);
  for (std::size_t d = 1; d < count; ++d) smallest = smallest.min(quotients_of(demands[d]));
  return smallest.floor();
}

template <Quotient quotient, std::size_t count>
double sum_of(std::span<const Demand> demands, Place begin, Place end) {
  std::array<Demand, count> factors;
  for (std::size_t d = 0; d < count; ++d) {
    factors[d] = demands[d];
    if constexpr (quotient == Quotient::reciprocal) {
      factors[d].need = reciprocal_from_above(demands[d].need);
    }
  }
  Block sums = Block::Zero();
  Place place = begin;
  for (; place + Block::SizeAtCompileTime <= end; place += Block::SizeAtCompileTime) {
    sums += smallest_fits<quotient, Block>(factors, place);
  }
  double sum = sums.sum();
  for (; place < end; ++place) {
    sum += smallest_fits<quotient, Eigen::Array<double, 1, 1>>(factors, place).value();
  }
  return sum;
}

template <Quotient quotient>
double sum_with(std::span<const Demand> demands, Place begin, Place end) {
  switch (demands.size()) {
    case 1:
      return sum_of<quotient, 1>(demands, begin, end);
    case 2:
      return sum_of<quotient, 2>(demands, begin, end);
    case 3:
      return sum_of<quotient, 3>(demands, begin, end);
    default:
      return sum_of<quotient, demands_max>(demands, begin, end);
  }
}

}  // namespace

double fit_sum_portable(Quotient quotient, std::span<const Demand> demands, Place begin,
                        Place end) noexcept {
  return quotient == Quotient::reciprocal ? sum_with<Quotient::reciprocal>(demands, begin, end)
                                          : sum_with<Quotient::divide>(demands, begin, end);
}

}  // namespace vfstock::capacity
