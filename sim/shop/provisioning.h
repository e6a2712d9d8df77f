// The shop's provisioning module: what it asks of the panel to create and delete a VPS.
//
// The shop, not the engine, creates servers; the engine only counts what is left. These are the
// calls of WHMCS's VirtFusion module as plain data, so that scenarios and forecasts send the same
// ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/catalogue/product.h"

namespace vfstock::sim::shop {

struct ModuleCall {
  std::string method;  // "POST", "DELETE"
  std::string target;  // below the API's base
  std::string body;    // JSON or empty
};

struct ModuleAnswer {
  bool arrived = false;  // a whole answer came in time
  int status = 0;
  std::string body;
  std::string ending;  // how the exchange ended where no answer came: "reset", "head too large"
};

/// What a customer chose in options instead of the package's figures; the module sends it as it is.
struct ChosenSize {
  std::optional<std::int64_t> package, memory_mb, cores, storage_gb, storage_profile, ipv4;
};

/// POST /servers for one VPS of `product`, in `group` or else in configoption1's group.
ModuleCall create_call(const catalogue::Product& product, std::optional<std::int64_t> group,
                       const ChosenSize& chosen = {});
/// The id of the server that was created; nullopt when the answer is not a success.
std::optional<std::int64_t> created_server(const ModuleAnswer& answer);

/// DELETE /servers/{server} without a delay, so that the panel's own grace applies.
ModuleCall terminate_call(std::int64_t server);
/// Whether the panel took the deletion, or knows no such server any more.
bool terminated(const ModuleAnswer& answer);

/// PUT /servers/{server}/package/{package}: everything of the package applies.
ModuleCall change_package_call(std::int64_t server, const catalogue::Product& product);
/// Whether the panel took the change; older builds answer 204.
bool changed(const ModuleAnswer& answer);

/// Why the module's call failed, for people: the panel's own words where it gave any.
std::string failure(const ModuleAnswer& answer);

}  // namespace vfstock::sim::shop
