// Writes what the engine read of a panel and a shop in the words of fleet files. Only what stock
// depends on is written: no pool paths, no addresses, nothing of customers.
#pragma once

#include "engine/capacity/hypervisor.h"
#include "engine/panel/panel.h"
#include "sim/document/document.h"
#include "sim/fleet/shop.h"

namespace vfstock::sim::fleet {

document::Json package_json(const panel::Package& package);

/// One element of a group's `hypervisors`. A quota that is over-reported (free above max) is
/// written as wholly free.
document::Json hypervisor_json(const capacity::Hypervisor& hypervisor);

/// The columns of a product's row.
document::Json product_json(const catalogue::Product& product);

/// `tblproducts` and the tables around it as they are at the moment `taken`; ids of options and
/// servers are made up.
document::Json tables_json(const Shop& shop, std::chrono::sys_seconds taken);

/// One element of a scenario's `services`.
document::Json waiting_json(const WaitingService& waiting);

/// "2026-11-24 16:00:00", as the shop's tables write moments.
std::string shop_moment(std::chrono::sys_seconds time);

}  // namespace vfstock::sim::fleet
