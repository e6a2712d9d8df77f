// Are panel and shop as the engine needs them?
#pragma once

#include <vector>

#include "engine/catalogue/check_shop.h"
#include "engine/live/settings.h"
#include "engine/plan/policy.h"

namespace vfstock::live {

/// Asks what the panel's own TestConnection asks. Throws SettingsError.
std::vector<catalogue::Finding> check_panel(const PanelSettings& settings,
                                            const plan::Policy& policy);

/// Looks at tables, columns and privileges; changes nothing. A shop that cannot be reached is a
/// finding.
std::vector<catalogue::Finding> check_shop(const ShopSettings& settings);

}  // namespace vfstock::live
