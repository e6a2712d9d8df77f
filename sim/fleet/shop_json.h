// Reads the shop part of fleet files (the shop's own tables) and of scenario files (the short
// form).
#pragma once

#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"
#include "sim/fleet/shop.h"

namespace vfstock::sim::fleet {

/// `tblproducts` and the tables around it, row by row, as they were at the moment `taken`; without
/// one every order is a new one.
Shop read_tables(const document::Json& tables, const Place& place,
                 const std::optional<std::string>& taken = std::nullopt);
/// `products`, `options`, `serverGroups`, `services`.
Shop read_shop(const document::Json& shop, const Place& place);
/// One element of `services`.
WaitingService read_waiting(const document::Json& json, const Place& place);
/// Sets only the columns that `json` names.
void update_product(catalogue::Product& product, const document::Json& json);

}  // namespace vfstock::sim::fleet
