#include "mockpanel/model/uuid.h"

#include <cstdio>

namespace vfstock::mockpanel::model {
namespace {

/// A bijection of 64 bits that scatters neighbours (the finaliser of SplitMix64).
constexpr std::uint64_t scatter(std::uint64_t value) noexcept {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

}  // namespace

std::string uuid_of(std::int64_t server) {
  const std::uint64_t high = scatter(static_cast<std::uint64_t>(server));
  // The low half carries the id itself, because the version bits cost the high half its uniqueness.
  const std::uint64_t low = (static_cast<std::uint64_t>(server) & 0xffffffffffffU);
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx",
                static_cast<unsigned>(high >> 32U), static_cast<unsigned>((high >> 16U) & 0xffffU),
                static_cast<unsigned>(high & 0xfffU),
                static_cast<unsigned>(0x8000U | ((high >> 12U) & 0xfU)),
                static_cast<unsigned long long>(low));
  return text;
}

}  // namespace vfstock::mockpanel::model
