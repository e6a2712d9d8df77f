// What a shop has sold and its panel does not know yet, from the shop's tables: services without a
// server, and paid upgrades that wait. Each table is read once, whatever the number of orders.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/catalogue/database.h"

namespace vfstock::catalogue {

/// As Catalogue::pending_services(). `product` gives a row by its id. Throws StoreError.
std::vector<PendingService> read_pending_services(
    Database& database, const std::string& location_option,
    const std::function<std::optional<Product>(ProductId)>& product);

/// Whether the table is there, may be read and has this column.
bool has_column(Database& database, const std::string& table, const std::string& column);

}  // namespace vfstock::catalogue
