// Opens the database that an address names.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/catalogue/database.h"
#include "engine/catalogue/shop_address.h"

namespace vfstock::live {

enum class Access { read_only, read_write };

/// `password` is for servers. `wait`: the longest that one statement may wait for the store, where
/// the usual waits are longer. Throws StoreError.
std::unique_ptr<catalogue::Database> open_database(
    const catalogue::ShopAddress& address, const std::string& password, Access access,
    std::chrono::milliseconds wait = std::chrono::seconds{30});

}  // namespace vfstock::live
