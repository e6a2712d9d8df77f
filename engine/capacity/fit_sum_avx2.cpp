// The AVX2 kernel. Intrinsics with a target attribute rather than a file compiled with -mavx2:
// inline functions of Eigen or the standard library compiled that way could be the copies that the
// linker keeps for processors without AVX2.
#if defined(__x86_64__)

#include <algorithm>
#include <array>
#include <cmath>

#include <immintrin.h>

#include "engine/capacity/fit_sum_kernels.h"

#define VFSTOCK_AVX2 __attribute__((target("avx2")))

namespace vfstock::capacity {
namespace {

constexpr Place lanes = 4;

template <std::size_t count>
struct Factors {
  std::array<const double*, count> usable;
  std::array<double, count> divisor;  // the need, or its reciprocal from above
};

template <Quotient quotient>
VFSTOCK_AVX2 inline __m256d quotients(const double* usable, double divisor) {
  const __m256d dividends = _mm256_loadu_pd(usable);
  const __m256d divisors = _mm256_set1_pd(divisor);
  return quotient == Quotient::reciprocal ? _mm256_mul_pd(dividends, divisors)
                                          : _mm256_div_pd(dividends, divisors);
}

/// The fits of the four hypervisors from `place`.
template <Quotient quotient, std::size_t count>
VFSTOCK_AVX2 inline __m256d fits(const Factors<count>& factors, Place place) {
  __m256d smallest = quotients<quotient>(factors.usable[0] + place, factors.divisor[0]);
  for (std::size_t d = 1; d < count; ++d) {
    smallest =
        _mm256_min_pd(smallest, quotients<quotient>(factors.usable[d] + place, factors.divisor[d]));
  }
  return _mm256_floor_pd(smallest);
}

/// The fit of one hypervisor, for what is left over after the fours.
template <Quotient quotient, std::size_t count>
VFSTOCK_AVX2 inline double fit(const Factors<count>& factors, Place place) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t d = 0; d < count; ++d) {
    const double usable = factors.usable[d][place];
    const double divisor = factors.divisor[d];
    smallest =
        std::min(smallest, quotient == Quotient::reciprocal ? usable * divisor : usable / divisor);
  }
  return std::floor(smallest);
}

VFSTOCK_AVX2 inline double total(__m256d sums) {
  const __m128d pair = _mm_add_pd(_mm256_castpd256_pd128(sums), _mm256_extractf128_pd(sums, 1));
  return _mm_cvtsd_f64(_mm_add_sd(pair, _mm_unpackhi_pd(pair, pair)));
}

template <Quotient quotient, std::size_t count>
VFSTOCK_AVX2 double sum_of(std::span<const Demand> demands, Place begin, Place end) {
  Factors<count> factors;
  for (std::size_t d = 0; d < count; ++d) {
    factors.usable[d] = demands[d].usable;
    factors.divisor[d] =
        quotient == Quotient::reciprocal ? reciprocal_from_above(demands[d].need) : demands[d].need;
  }
  // Two sums, because one would wait four cycles for each addition before it.
  __m256d even = _mm256_setzero_pd();
  __m256d odd = _mm256_setzero_pd();
  Place place = begin;
  for (; place + 2 * lanes <= end; place += 2 * lanes) {
    even = _mm256_add_pd(even, fits<quotient>(factors, place));
    odd = _mm256_add_pd(odd, fits<quotient>(factors, place + lanes));
  }
  for (; place + lanes <= end; place += lanes) {
    even = _mm256_add_pd(even, fits<quotient>(factors, place));
  }
  double sum = total(_mm256_add_pd(even, odd));
  for (; place < end; ++place) sum += fit<quotient>(factors, place);
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

double fit_sum_avx2(Quotient quotient, std::span<const Demand> demands, Place begin,
                    Place end) noexcept {
  return quotient == Quotient::reciprocal ? sum_with<Quotient::reciprocal>(demands, begin, end)
                                          : sum_with<Quotient::divide>(demands, begin, end);
}

}  // namespace vfstock::capacity

#endif
