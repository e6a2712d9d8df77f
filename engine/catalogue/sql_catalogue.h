// The shop's tables as the Catalogue port: every query of a WHMCS schema stands here, in the SQL
// that SQLite, MariaDB and MySQL share.
//
// Reads name their columns, so further columns and another order change nothing. Text of two tables
// is never compared by the database, because shops that were upgraded over the years mix
// collations. The one write is
//   UPDATE tblproducts SET qty=? WHERE id=? AND qty=? AND stockcontrol=1 AND
//   servertype='VirtFusionDirect'
// so a row that moved since it was read is left alone. What the store made of it is read in the
// same transaction. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/catalogue/database.h"

namespace vfstock::catalogue {

class SqlCatalogue final : public Catalogue {
 public:
  /// `location_option`: the configurable option whose value says where a service goes.
  SqlCatalogue(Database& database, std::string location_option)
      : database_(database), location_option_(std::move(location_option)) {}

  std::vector<Product> managed_products() override;
  std::optional<Product> product(ProductId id) override;
  std::vector<OptionValue> option_values(ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;
  /// An order without a date counts as placed on the service's registration date; the shop's dates
  /// are read as UTC. On the panel is what the module's table names a server above 0 for. A shop
  /// without `tblhosting.qty` sells one VPS a service, one without `tblupgrades` no upgrades.
  std::vector<PendingService> pending_services() override;
  Written write(ProductId product, const Set& set, std::int64_t seen_qty) override;

 private:
  /// Whether the shop tells which options are quantities, and how much can be chosen.
  bool tells_quantities();

  Database& database_;
  std::string location_option_;
  std::optional<bool> tells_quantities_;
};

/// "2026-11-24 16:00:00" or "2026-11-24" as UTC; nullopt for zero dates and what is no date.
std::optional<std::chrono::sys_time<std::chrono::milliseconds>> shop_time(const std::string& text);

}  // namespace vfstock::catalogue
