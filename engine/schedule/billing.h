// The port to the shop's orders: what an order is waiting for, and the one thing done to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/catalogue/order_id.h"

namespace vfstock::schedule {

/// The order of a service as the shop holds it at this moment.
struct Order {
  catalogue::OrderId id;
  std::string status;  // as stored: "Pending", "Active", ...
  /// Services of this module in the order that are Pending and have no server on the panel, other
  /// than the one asked about.
  std::int64_t others_waiting = 0;
};

/// The shop's answer to AcceptOrder.
enum class Accepted {
  yes,
  not_pending,  // "Order ID not found or Status not Pending": somebody was faster, no error
};

class Billing {
 public:
  virtual ~Billing() = default;
  /// nullopt: the service belongs to no order. Throws catalogue::StoreError.
  virtual std::optional<Order> order_of(catalogue::ServiceId service) = 0;
  /// AcceptOrder with autosetup=false. Throws catalogue::StoreError with the shop's own words.
  virtual Accepted accept(catalogue::OrderId order) = 0;
};

/// A shop without orders.
class NoBilling final : public Billing {
 public:
  std::optional<Order> order_of(catalogue::ServiceId) override { return std::nullopt; }
  Accepted accept(catalogue::OrderId) override { return Accepted::not_pending; }
};

}  // namespace vfstock::schedule
