// Are panel and shop as the engine needs them?
#pragma once

#include <string>
#include <vector>

#include "engine/catalogue/check_shop.h"
#include "engine/live/settings.h"
#include "engine/plan/policy.h"

namespace vfstock::live {

/// Asks what the panel's own TestConnection asks. Throws SettingsError.
std::vector<catalogue::Finding> check_panel(const PanelSettings& settings,
                                            const plan::Policy& policy);

/// Looks at tables, columns, privileges and products, and reads what the verbs will read; changes
/// nothing. A shop that cannot be reached is a finding, and so are the others that are read beside
/// it.
std::vector<catalogue::Finding> check_shop(const ShopSettings& settings,
                                           const catalogue::ShopReading& reading);

/// Whether a sync could write its journal; changes nothing. `makes_folder`: the sync makes the
/// folder where it is not there.
catalogue::Finding check_journal(const std::string& file, bool makes_folder);

/// Makes the requests of a sweep of the shop and says what could not be read. Throws SettingsError.
std::vector<catalogue::Finding> check_sweep(const PanelSettings& panel, const ShopSettings& shop,
                                            const plan::Policy& policy);

}  // namespace vfstock::live
