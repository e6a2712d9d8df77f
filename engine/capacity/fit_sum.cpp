// Why doubles are exact here, u = usable and n = need being whole numbers with u <= 2^53.
//
// Divide: the rounded quotient has the floor of the true one. The true one is at most (q+1) - 1/n,
// where q is its floor, and it could only be rounded up to q+1 if 1/n were at most half the spacing
// of doubles below q+1, which needs (q+1)·n >= 2^53; the one product (q+1)·n = u+1 that reaches
// there for u = 2^53 is odd, so q+1 is no power of two and the spacing is too fine. Reciprocal: the
// factor is at least 1/n, so the product is never below u/n; it exceeds u/n by less than a share
// of 1.51 × 2^-51, which stays below the missing 1/n as long as u < 2^50. Rounding is monotonic, so
// the floor of the smallest quotient is the smallest floor. Sum: terms are not negative, so a sum
// that rounded anywhere is at least 2^53 from there on.
#include "engine/capacity/fit_sum.h"

#include <algorithm>
#include <limits>

#include "engine/capacity/fit_sum_kernels.h"

namespace vfstock::capacity {

bool runs_here(Kernel kernel) noexcept {
  switch (kernel) {
    case Kernel::portable:
      return true;
    case Kernel::avx2:
#if defined(__x86_64__)
      return __builtin_cpu_supports("avx2") != 0;
#else
      return false;
#endif
  }
  return false;
}

Kernel fastest_kernel() noexcept {
  static const Kernel fastest = runs_here(Kernel::avx2) ? Kernel::avx2 : Kernel::portable;
  return fastest;
}

double fit_sum(Kernel kernel, Quotient quotient, std::span<const Demand> demands, Place begin,
               Place end) noexcept {
#if defined(__x86_64__)
  if (kernel == Kernel::avx2) return fit_sum_avx2(quotient, demands, begin, end);
#endif
  static_cast<void>(kernel);
  return fit_sum_portable(quotient, demands, begin, end);
}

void fit_each(Quotient quotient, std::span<const Demand> demands, std::span<double> fits) noexcept {
  std::fill(fits.begin(), fits.end(), std::numeric_limits<double>::infinity());
  for (const Demand& demand : demands) {
    const double factor =
        quotient == Quotient::reciprocal ? reciprocal_from_above(demand.need) : demand.need;
    for (std::size_t place = 0; place < fits.size(); ++place) {
      const double fit = quotient == Quotient::reciprocal ? demand.usable[place] * factor
                                                          : demand.usable[place] / factor;
      fits[place] = std::min(fits[place], fit);
    }
  }
  for (double& fit : fits) {
    // Below this a number has a fraction to lose, and can be a whole one of 64 bits.
    if (fit < exact_sum_below) fit = static_cast<double>(static_cast<std::int64_t>(fit));
  }
}

}  // namespace vfstock::capacity
