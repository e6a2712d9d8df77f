#include "engine/capacity/usable.h"

#include "engine/capacity/column_array.h"

namespace vfstock::capacity {
namespace {

constexpr double exact_max = 0x1p53;

}  // namespace

void find_usable(const QuotaColumn& quotas, const Percent& buffer, Column& usable) {
  usable.resize(quotas.free.size());
  const auto max = as_array(quotas.max), free = as_array(quotas.free);
  auto left = as_array(usable);
  // A quotient of whole numbers up to 2^53 never rounds onto or across a whole number, so its
  // ceiling is exact. A greater denominator is a power of ten that doubles still hold, and leaves a
  // quotient below 1. Entries without a quota have max 0 and infinite free, and stay infinite.
  if (const auto ratio = buffer.ratio()) {
    const auto numerator = static_cast<double>(ratio->numerator);
    const double denominator = static_cast<double>(ratio->denominator) * Percent::whole_max;
    if (quotas.greatest_max * numerator <= exact_max) {
      left = (free - (max * numerator / denominator).ceil()).max(0.0);
      return;
    }
  }
  const auto reserve = [&buffer](double quota) {
    return static_cast<double>(buffer.reserve(static_cast<std::int64_t>(quota)));
  };
  left = (free - max.unaryExpr(reserve)).max(0.0);
}

}  // namespace vfstock::capacity
