// The `change` step: edits of panel or shop that nobody announces.
#pragma once

#include "engine/catalogue/memory_catalogue.h"
#include "mockpanel/model/world.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"

namespace vfstock::sim::scenario {

/// Applies every entry of `what`. Returns whether the shop changed. Throws document::DocumentError
/// when an id names nothing at this moment.
bool apply_change(const document::Json& what, const fleet::Place& place,
                  mockpanel::model::World& world, catalogue::MemoryCatalogue& shop);

}  // namespace vfstock::sim::scenario
