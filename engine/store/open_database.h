// Opens the database that an address names.
#pragma once

#include <memory>
#include <string>

#include "engine/store/database.h"
#include "engine/store/shop_address.h"

namespace vfstock::store {

enum class Access { read_only, read_write };

/// `password` is for servers. Throws StoreError.
std::unique_ptr<Database> open_database(const ShopAddress& address, const std::string& password,
                                        Access access);

}  // namespace vfstock::store
