#include "engine/catalogue/locations.h"

#include <algorithm>

#include "engine/catalogue/text.h"

namespace vfstock::catalogue {

void add_once(std::vector<std::int64_t>& ids, std::int64_t id) {
  if (id > 0 && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

std::string_view machine_name(std::string_view stored) noexcept {
  return stored.substr(0, stored.find('|'));
}

std::vector<std::int64_t> hypervisor_groups(const Product& product,
                                            std::span<const OptionValue> options,
                                            std::string_view location_option) {
  std::vector<std::int64_t> groups;
  add_once(groups, leading_integer(product.configoption1));
  for (const OptionValue& option : options) {
    if (machine_name(option.option) != location_option) continue;
    add_once(groups, leading_integer(option.value));
  }
  return groups;
}

}  // namespace vfstock::catalogue
