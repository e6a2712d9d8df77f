// Opens the database that an address names.
#pragma once

#include <memory>
#include <string>

#include "engine/catalogue/database.h"
#include "engine/catalogue/shop_address.h"

namespace vfstock::live {

enum class Access { read_only, read_write };

/// `password` is for servers. Throws StoreError.
std::unique_ptr<catalogue::Database> open_database(const catalogue::ShopAddress& address,
                                                   const std::string& password, Access access);

}  // namespace vfstock::live
