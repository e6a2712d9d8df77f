// The port to the shop's orders: what an order is waiting for, and the one thing done to it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace vfstock::stock {

struct ServiceId {
  std::int64_t value = 0;
  friend auto operator<=>(ServiceId, ServiceId) = default;
};

struct OrderId {
  std::int64_t value = 0;
  friend auto operator<=>(OrderId, OrderId) = default;
};

/// The order of a service as the shop holds it at this moment.
struct Order {
  OrderId id;
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
  virtual std::optional<Order> order_of(ServiceId service) = 0;
  /// AcceptOrder with autosetup=false. Throws catalogue::StoreError with the shop's own words.
  virtual Accepted accept(OrderId order) = 0;
};

/// A shop without orders.
class NoBilling final : public Billing {
 public:
  std::optional<Order> order_of(ServiceId) override { return std::nullopt; }
  Accepted accept(OrderId) override { return Accepted::not_pending; }
};

}  // namespace vfstock::stock
