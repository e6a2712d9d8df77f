// What a policy asks of the panel's reader, so that every program builds it the same way.
#pragma once

#include "engine/panel/http_panel.h"
#include "engine/stock/policy.h"

namespace vfstock::stock {

panel::HttpPanelOptions panel_options(const Policy& policy);

}  // namespace vfstock::stock
