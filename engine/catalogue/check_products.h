// What of a shop's products is managed, what is not and why, and what of their options may be meant
// otherwise than it is read.
#pragma once

#include <string>
#include <vector>

#include "engine/catalogue/check_shop.h"
#include "engine/catalogue/database.h"

namespace vfstock::catalogue {

/// Throws StoreError.
std::vector<Finding> check_products(Database& database, const ShopReading& reading);

}  // namespace vfstock::catalogue
