// The shop's side of a fleet: product rows, configurable options and server groups.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/product.h"

namespace vfstock::sim::fleet {

struct Shop {
  std::vector<catalogue::Product> products;
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options;
  /// Host names of the VirtFusion servers of each server group.
  std::map<std::int64_t, std::vector<std::string>> server_groups;
};

}  // namespace vfstock::sim::fleet
