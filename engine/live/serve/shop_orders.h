// Orders of a WHMCS shop: read from its tables, accepted through its own API.
//
// Accepting an order is more than a status: WHMCS sends mail, runs hooks and books. So it is asked
// to, with autosetup=false, for the server exists already. Needs the API credentials of an admin
// role that may AcceptOrder and nothing else.
#pragma once

#include <optional>
#include <string>

#include "engine/catalogue/database.h"
#include "engine/live/serve/settings.h"
#include "engine/schedule/billing.h"

namespace vfstock::serve {

class ShopOrders final : public schedule::Billing {
 public:
  /// `database` must outlive it. Without `api` no order is accepted here.
  ShopOrders(catalogue::Database& database, std::optional<WhmcsApi> api)
      : database_(database), api_(std::move(api)) {}

  std::optional<schedule::Order> order_of(catalogue::ServiceId service) override;
  schedule::Accepted accept(catalogue::OrderId order) override;

 private:
  catalogue::Database& database_;
  std::optional<WhmcsApi> api_;
};

/// What WHMCS's API answered to AcceptOrder. Throws StoreError with its own words when it is no
/// acceptance; secrets must have been struck out of them.
schedule::Accepted accepted_from(int status, const std::string& body);

/// Text as a form sends it.
std::string form_encoded(const std::string& text);

}  // namespace vfstock::serve
