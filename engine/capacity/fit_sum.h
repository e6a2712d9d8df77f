// The inner loop of counting: the sum over hypervisors of the smallest quotient of free and need,
// or these quotients one by one.
//
// Every kernel gives the same, exact result; they differ in speed only. Quotients are taken in
// doubles, which is exact for whole numbers up to 2^53 (fit_sum.cpp says why). Pure; nothing is
// allocated.
#pragma once

#include <cstdint>
#include <span>

#include "engine/capacity/column.h"

namespace vfstock::capacity {

/// One resource that limits: what each hypervisor can still give, and what one VPS takes of it.
struct Demand {
  const double* usable = nullptr;  // whole numbers from 0 to 2^53, or infinity
  double need = 1;                 // a whole number from 1 to 2^53 + 2
};

/// A positive need as a Demand's. Nothing can give more than 2^53, so every greater need has the
/// same quotients, zero, as the next double above.
constexpr double divisor(std::int64_t need) noexcept {
  constexpr std::int64_t usable_max = std::int64_t{1} << 53;
  return need > usable_max ? 0x1p53 + 2 : static_cast<double>(need);
}

/// At most this many resources limit a VPS: memory, cores, storage, server slots.
inline constexpr std::size_t demands_max = 4;

/// Sums below this are exact.
inline constexpr double exact_sum_below = 0x1p53;

/// Below this every quotient is exact as a product with the need's rounded-up reciprocal.
inline constexpr double reciprocal_exact_below = 0x1p50;

enum class Quotient {
  divide,      // exact for every usable quantity up to 2^53
  reciprocal,  // exact for usable quantities below reciprocal_exact_below, and infinity; faster
};

enum class Kernel { portable, avx2 };

/// Whether this processor can run the kernel.
bool runs_here(Kernel kernel) noexcept;
/// The fastest kernel that runs here.
Kernel fastest_kernel() noexcept;

/// Σ over [begin, end) of min over demands ⌊usable / need⌋. Infinity when a term is. The sum is
/// exact when it is below 2^53; otherwise it only says that the true sum is at least 2^53.
/// `demands` holds 1 to demands_max entries, and the kernel runs here.
double fit_sum(Kernel kernel, Quotient quotient, std::span<const Demand> demands, Place begin,
               Place end) noexcept;

/// The terms of that sum for [0, fits.size()), each exact.
void fit_each(Quotient quotient, std::span<const Demand> demands, std::span<double> fits) noexcept;

}  // namespace vfstock::capacity
