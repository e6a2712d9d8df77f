// The `change` step: edits of panel or shop that nobody announces.
#pragma once

#include "mockpanel/model/world.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"
#include "sim/shop/memory_catalogue.h"
#include "sim/shop/shop.h"

namespace vfstock::sim::scenario {

/// Applies every entry of `what`. Returns whether the shop changed. Throws document::DocumentError
/// when an id names nothing at this moment.
bool apply_change(const document::Json& what, const fleet::Place& place,
                  mockpanel::model::World& world, shop::MemoryCatalogue& shop);

/// The entries of `what` on services that wait for their server; `now`: of the shop's calendar.
/// Returns and throws like apply_change().
bool change_services(const document::Json& what, const fleet::Place& place, shop::Shop& shop,
                     WallTime now);

}  // namespace vfstock::sim::scenario
