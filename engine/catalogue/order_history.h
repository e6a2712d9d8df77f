// What a shop has sold: every service of its managed products, with when it was ordered and when it
// ended. Read-only, apart from the Catalogue port: no decision rests on the past.
//
// tblorders.date tells the hour, tblhosting.regdate and termination_date the day alone; a request
// in tblcancelrequests is carried out on tblhosting.nextduedate, where the shop has these. Zero
// dates
// ('0000-00-00') and NULL are no dates. Times are the shop's own, as it wrote them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/database.h"
#include "engine/catalogue/product.h"

namespace vfstock::catalogue {

/// A moment of the shop's calendar.
using ShopTime = std::chrono::sys_time<std::chrono::milliseconds>;

struct SoldService {
  std::int64_t service = 0, order = 0;  // ids; order 0: none
  ProductId product;
  std::int64_t vps = 1;                       // tblhosting.qty
  std::optional<ShopTime> ordered;            // to the second
  std::optional<ShopTime> registered, ended;  // the beginning of that day
  std::string status;                         // domainstatus: "Active", "Terminated", ...
  std::int64_t group = 0;                     // the location chosen, else the product's default
  std::string cycle;                          // billingcycle: "Monthly", ...; empty: not known
  std::optional<ShopTime> cancelled_for;      // when a cancellation that was asked for comes
};

/// By ascending id. `location_option` is the configurable option that names the group. Throws
/// StoreError.
std::vector<SoldService> sold_services(Database& database, const std::string& location_option);

/// What an account needs for this beyond the engine's own privileges, as one GRANT statement.
std::string history_privileges(const std::string& database, const std::string& account);

}  // namespace vfstock::catalogue
