// The fleet file: a panel and a shop at one moment. replay, explain, panel and forecasts start from
// it.
#pragma once

#include <filesystem>
#include <optional>

#include "mockpanel/model/world.h"
#include "sim/fleet/shop.h"

namespace vfstock::sim::fleet {

struct Fleet {
  mockpanel::model::World panel;
  std::optional<Shop> shop;
};

/// Throws document::DocumentError with file and JSON pointer when the file cannot be read, is not
/// JSON, or does not describe a possible fleet.
Fleet read_fleet(const std::filesystem::path& file);

}  // namespace vfstock::sim::fleet
