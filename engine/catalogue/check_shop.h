// Can this database be read and written as the engine needs, and nothing more? Each finding says
// what to do.
#pragma once

#include <string>
#include <vector>

#include "engine/catalogue/database.h"
#include "engine/catalogue/shop_address.h"

namespace vfstock::catalogue {

struct Finding {
  enum class Verdict { good, warning, bad };
  Verdict verdict = Verdict::good;
  std::string text;  // for people; never a secret
};

/// How the shop is to be read.
struct ShopReading {
  std::string location_option = "Location";
  std::string panel_name = {};    // of the configured panel; empty: not known
  bool counts_overrides = false;  // what options make of a VPS is part of what is counted
};

/// Runs what a sweep, a snapshot and a fit ask of the shop, and writes nothing: the one write is
/// tried on a product that cannot exist. `database` must be open for writing. Throws StoreError
/// when the connection fails.
std::vector<Finding> check_shop(Database& database, const ShopAddress& address,
                                const ShopReading& reading = {});

}  // namespace vfstock::catalogue
