// A shop with the shops beside it that sell from the same panel: one is synced, the others are read
// for what they have sold and the panel does not know yet.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/catalogue/neighbour_shops.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/open_database.h"
#include "engine/live/settings.h"

namespace vfstock::live {

class OpenShop {
 public:
  /// `access` is to the shop itself; the others are opened read-only. Throws StoreError.
  OpenShop(const ShopSettings& settings, const std::string& location_option, Access access);

  catalogue::Database& database() { return *own_.database; }
  /// The shop's rows; with the others' pending services among its own.
  catalogue::Catalogue& rows() { return with_neighbours_; }

 private:
  struct Tables {
    Tables(std::unique_ptr<catalogue::Database> opened, const std::string& location_option)
        : database(std::move(opened)), rows(*database, location_option) {}
    std::unique_ptr<catalogue::Database> database;
    catalogue::SqlCatalogue rows;
  };
  static std::vector<std::unique_ptr<Tables>> open_others(const ShopSettings& settings,
                                                          const std::string& location_option);
  std::vector<catalogue::Neighbour> neighbours() const;

  Tables own_;
  std::vector<std::unique_ptr<Tables>> others_;
  catalogue::NeighbourShops with_neighbours_;
};

}  // namespace vfstock::live
