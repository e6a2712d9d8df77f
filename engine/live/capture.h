// What a real shop sells and what its panel has, read once and whole: the raw material of a
// snapshot.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/live/settings.h"
#include "engine/panel/panel.h"
#include "engine/plan/policy.h"

namespace vfstock::live {

struct Capture {
  WallTime at{};
  std::vector<catalogue::Product> products;  // managed ones, and those of pending services
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options;
  /// With the host names that its products may be created on; 0: of products without a group.
  std::map<std::int64_t, std::vector<std::string>> server_groups;
  std::vector<catalogue::PendingService> pending;
  std::size_t pending_left_out = 0;  // upgrades, and what other shops have sold
  panel::Answers answers;            // of every package and group that the products name
};

/// Server slots are captured where the panel tells them, whatever the policy needs. Throws
/// StoreError, SettingsError.
Capture capture(const PanelSettings& panel, const ShopSettings& shop, const plan::Policy& policy);

}  // namespace vfstock::live
