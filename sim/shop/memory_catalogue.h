// A shop in memory: products (managed or not), option values and server groups.
//
// It obeys the port exactly, so what runs against it runs against a database. Never throws
// StoreError by itself; failing_catalogue.h makes it. It keeps a log of what changed, cut at its
// old end, so that a reader need not read everything again. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"

namespace vfstock::sim::shop {

class MemoryCatalogue final : public catalogue::Catalogue {
 public:
  /// Told after each write() that changed a row: the product, the qty before and after.
  using WriteObserver = std::function<void(catalogue::ProductId, std::int64_t, std::int64_t)>;

  /// Adds the row, or replaces the one with its id.
  void put(catalogue::Product product);
  void remove(catalogue::ProductId product);
  void set_option_values(catalogue::ProductId product, std::vector<catalogue::OptionValue> values);
  /// The host names of a server group's VirtFusion servers; of group 0, those of no group.
  void set_virtfusion_hosts(std::int64_t servergroup, std::vector<std::string> hosts);
  /// Adds the service, or replaces the one with its id. Of its product the id counts.
  void put(const catalogue::PendingService& service);
  void remove_pending(std::int64_t service) { pending_.erase(service); }
  void on_write(WriteObserver observer) { observer_ = std::move(observer); }

  /// The whole table, managed or not.
  const std::map<catalogue::ProductId, catalogue::Product>& rows() const noexcept { return rows_; }
  /// A row to change as the shop itself would (orders, administrators); null when there is none.
  /// The row counts as changed from now on: change it before the engine looks again.
  catalogue::Product* row(catalogue::ProductId product);
  /// A row to look at; null when there is none.
  const catalogue::Product* find(catalogue::ProductId product) const noexcept;
  /// Sets the qty of a row that exists, as an order does.
  void set_qty(catalogue::ProductId product, std::int64_t qty);

  catalogue::Changes changes_since(catalogue::Revision seen) override;

  std::vector<catalogue::Product> managed_products() override;
  std::optional<catalogue::Product> product(catalogue::ProductId id) override;
  std::vector<catalogue::OptionValue> option_values(catalogue::ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;
  /// With each product's row as it is now; services of removed products are left out.
  std::vector<catalogue::PendingService> pending_services() override;
  catalogue::Written write(catalogue::ProductId product, const catalogue::Set& set,
                           std::int64_t seen_qty) override;

 private:
  /// A PendingService without its product's row.
  struct Pending {
    std::int64_t order = 0;
    std::int64_t qty = 1;
    std::chrono::sys_time<std::chrono::milliseconds> ordered{};
    catalogue::ProductId product;
    std::optional<std::string> option;
    bool active = false;
    std::optional<catalogue::ProductId> upgraded_from;
  };

  void changed(catalogue::ProductId product, std::optional<std::int64_t> qty = std::nullopt);
  /// What cannot be put down to one row.
  void anything_changed();

  std::map<catalogue::ProductId, catalogue::Product> rows_;
  std::vector<catalogue::Change> log_;
  catalogue::Revision before_log_ = 1;  // the log leads from here to now
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options_;
  std::map<std::int64_t, std::vector<std::string>> hosts_;
  std::map<std::int64_t, Pending> pending_;
  WriteObserver observer_;
};

}  // namespace vfstock::sim::shop
