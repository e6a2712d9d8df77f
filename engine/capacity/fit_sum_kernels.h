// The kernels behind fit_sum(), and the factor that they share. Not for use outside fit_sum*.cpp.
#pragma once

#include <limits>

#include "engine/capacity/fit_sum.h"

namespace vfstock::capacity {

/// A little above 1/need, so that a product with it never falls short of the true quotient: at
/// least one and at most two units in the last place above the rounded reciprocal.
inline double reciprocal_from_above(double need) noexcept {
  return (1.0 / need) * (1.0 + std::numeric_limits<double>::epsilon());
}

double fit_sum_portable(Quotient quotient, std::span<const Demand> demands, Place begin,
                        Place end) noexcept;

#if defined(__x86_64__)
double fit_sum_avx2(Quotient quotient, std::span<const Demand> demands, Place begin,
                    Place end) noexcept;
#endif

}  // namespace vfstock::capacity
