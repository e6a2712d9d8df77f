// The shop's numbers of services (tblhosting.id) and orders (tblorders.id). Never mixed up.
#pragma once

#include <compare>
#include <cstdint>

namespace vfstock::catalogue {

struct ServiceId {
  std::int64_t value = 0;
  friend auto operator<=>(ServiceId, ServiceId) = default;
};

struct OrderId {
  std::int64_t value = 0;
  friend auto operator<=>(OrderId, OrderId) = default;
};

}  // namespace vfstock::catalogue
