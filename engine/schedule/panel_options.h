// What a policy asks of the panel's reader, so that every program builds it the same way.
#pragma once

#include "engine/panel/http_panel.h"
#include "engine/plan/policy.h"

namespace vfstock::schedule {

panel::HttpPanelOptions panel_options(const plan::Policy& policy);

}  // namespace vfstock::schedule
