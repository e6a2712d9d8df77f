// Reads the shop part of fleet files (the shop's own tables) and of scenario files (the short
// form).
#pragma once

#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"
#include "sim/fleet/shop.h"

namespace vfstock::sim::fleet {

/// `tblproducts` and the tables around it, row by row.
Shop read_tables(const document::Json& tables, const Place& place);
/// `products`, `options`, `serverGroups`.
Shop read_shop(const document::Json& shop, const Place& place);
/// Sets only the columns that `json` names.
void update_product(catalogue::Product& product, const document::Json& json);

}  // namespace vfstock::sim::fleet
