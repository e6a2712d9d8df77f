#include "engine/capacity/usable.h"

namespace vfstock::capacity {
namespace {

constexpr double exact_max = 0x1p53;

}  // namespace

void find_usable(const QuotaColumn& quotas, const Percent& buffer, Eigen::ArrayXd& usable) {
  // A quotient of whole numbers up to 2^53 never rounds onto or across a whole number, so its
  // ceiling is exact. A greater denominator is a power of ten that doubles still hold, and leaves a
  // quotient below 1. Entries without a quota have max 0 and infinite free, and stay infinite.
  if (const auto ratio = buffer.ratio()) {
    const auto numerator = static_cast<double>(ratio->numerator);
    const double denominator = static_cast<double>(ratio->denominator) * Percent::whole_max;
    if (quotas.greatest_max * numerator <= exact_max) {
      usable = (quotas.free - (quotas.max * numerator / denominator).ceil()).max(0.0);
      return;
    }
  }
  const auto reserve = [&buffer](double max) {
    return static_cast<double>(buffer.reserve(static_cast<std::int64_t>(max)));
  };
  usable = (quotas.free - quotas.max.unaryExpr(reserve)).max(0.0);
}

}  // namespace vfstock::capacity
