#include "engine/capacity/usable.h"

#include <algorithm>
#include <cstring>

#include "engine/capacity/column_array.h"

namespace vfstock::capacity {
namespace {

constexpr double exact_max = 0x1p53;

bool same_bits(const Column& one, const Column& other) {
  if (one.empty() || one.size() != other.size()) return false;
  return std::memcmp(one.data(), other.data(), one.size() * sizeof(double)) == 0;
}

}  // namespace

const Column& UsableColumn::find(const QuotaColumn& quotas, const Percent& buffer) {
  if (!same_bits(quotas.max, max_) || buffer != buffer_) {
    max_.clear();  // memory may run out on the way
    set_aside(quotas, buffer);
    buffer_ = buffer;
    max_ = quotas.max;
  }
  free_ = quotas.free;
  usable_.resize(quotas.free.size());
  as_array(usable_) = (as_array(quotas.free) - as_array(set_aside_)).max(0.0);
  return usable_;
}

bool UsableColumn::is_for(const QuotaColumn& quotas, const Percent& buffer) const {
  return same_bits(quotas.max, max_) && buffer == buffer_;
}

void UsableColumn::add_moved(const QuotaColumn& quotas, std::vector<Place>& moved) const {
  add_different(quotas.free, free_, moved);
}

void UsableColumn::update(const QuotaColumn& quotas, Place entry) {
  free_[entry] = quotas.free[entry];
  usable_[entry] = std::max(free_[entry] - set_aside_[entry], 0.0);
}

void UsableColumn::set_aside(const QuotaColumn& quotas, const Percent& buffer) {
  set_aside_.resize(quotas.max.size());
  const auto max = as_array(quotas.max);
  auto reserve = as_array(set_aside_);
  // A quotient of whole numbers up to 2^53 never rounds onto or across a whole number, so its
  // ceiling is exact. A greater denominator is a power of ten that doubles still hold, and leaves a
  // quotient below 1. Entries without a quota have max 0, of which nothing is set aside.
  if (const auto ratio = buffer.ratio()) {
    const auto numerator = static_cast<double>(ratio->numerator);
    const double denominator = static_cast<double>(ratio->denominator) * Percent::whole_max;
    if (quotas.greatest_max * numerator <= exact_max) {
      reserve = (max * numerator / denominator).ceil();
      return;
    }
  }
  reserve = max.unaryExpr([&buffer](double quota) {
    return static_cast<double>(buffer.reserve(static_cast<std::int64_t>(quota)));
  });
}

}  // namespace vfstock::capacity
