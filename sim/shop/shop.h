// How WHMCS behaves around its products: orders, its own decrement, pending services, AcceptOrder.
//
// An order takes one off tblproducts.qty for every VPS, when it is placed; nothing ever gives it
// back, whatever becomes of the order. The service stays Pending until the module has created its
// server, and the order until somebody accepts it. One copy for scenarios and forecasts. Not
// thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/schedule/billing.h"
#include "sim/shop/memory_catalogue.h"

namespace vfstock::sim::shop {

/// As in tblhosting.domainstatus.
enum class ServiceStatus { pending, active, terminated, cancelled };

struct Service {
  std::int64_t id = 0;
  std::int64_t order = 0;  // 0: none
  catalogue::ProductId product;
  std::optional<std::int64_t> group;  // the chosen location; none: the product's default
  ServiceStatus status = ServiceStatus::pending;
  std::optional<std::int64_t> server;  // on the panel, as the module's own table says
};

/// One service of an order.
struct OrderLine {
  catalogue::ProductId product;
  std::optional<std::int64_t> service;  // the id that it shall have
  std::optional<std::int64_t> group;
};

/// AcceptOrder as it was called and answered.
struct AcceptCall {
  std::int64_t order = 0;
  std::string status;            // before
  std::int64_t waiting = 0;      // services of the order Pending without a server
  std::int64_t provisioned = 0;  // services of the order with one
  bool accepted = false;
};

class Shop final : public schedule::Billing {
 public:
  Shop(shop::MemoryCatalogue& catalogue, const Clock& clock)
      : catalogue_(catalogue), clock_(clock) {}

  /// Places an order of several services. nullopt, and nothing happens: a product is out of stock.
  /// Throws std::invalid_argument for a product that does not exist or an id that is taken.
  std::optional<std::int64_t> order(const std::vector<OrderLine>& lines,
                                    std::optional<std::int64_t> wanted_id = std::nullopt);
  /// The order and its Pending services are Cancelled. False when there is no such order.
  bool cancel(std::int64_t order);

  /// A service without any order, as administrators create them.
  std::int64_t add_service(const OrderLine& line);
  /// A service that was ordered before this shop was looked at; what is known of its id is dropped.
  void adopt(const catalogue::PendingService& pending);
  /// The module created the service's server; the service becomes Active.
  void provisioned(std::int64_t service, std::int64_t server);
  void terminated(std::int64_t service);
  void changed_product(std::int64_t service, catalogue::ProductId product);

  /// Drops a service that is over, and its order with the last of them. False: there is none.
  bool forget(std::int64_t service);

  /// Null when there is none.
  const Service* service(std::int64_t id) const;
  /// "Pending", "Active", "Cancelled"; nullopt when there is none.
  std::optional<std::string_view> order_status(std::int64_t order) const;

  std::optional<schedule::Order> order_of(catalogue::ServiceId service) override;
  schedule::Accepted accept(catalogue::OrderId order) override;
  void on_accept(std::function<void(const AcceptCall&)> observer) {
    observer_ = std::move(observer);
  }
  /// From now on AcceptOrder fails with these words; empty: it works.
  void fail_acceptance(std::string message) { acceptance_failure_ = std::move(message); }
  /// How many calls of AcceptOrder failed because of that so far.
  std::int64_t failed_acceptances() const noexcept { return failed_acceptances_; }

 private:
  struct PlacedOrder {
    std::string_view status = "Pending";  // a literal
    std::vector<std::int64_t> services;
  };
  /// Throws std::invalid_argument when an id that an order shall have is taken.
  void check_free(const std::vector<OrderLine>& lines) const;
  bool in_stock(const std::vector<OrderLine>& lines) const;
  std::int64_t add(const OrderLine& line, std::int64_t order);
  std::int64_t waiting(const PlacedOrder& order, std::int64_t except) const;
  Service& known(std::int64_t service);

  shop::MemoryCatalogue& catalogue_;
  const Clock& clock_;
  std::map<std::int64_t, Service> services_;
  std::map<std::int64_t, PlacedOrder> orders_;
  std::int64_t next_service_ = 1;
  std::int64_t next_order_ = 1;
  std::string acceptance_failure_;
  std::int64_t failed_acceptances_ = 0;
  std::function<void(const AcceptCall&)> observer_;
};

}  // namespace vfstock::sim::shop
