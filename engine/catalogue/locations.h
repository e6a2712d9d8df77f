// Where a product is sold: the hypervisor groups that its columns and its location option name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/catalogue/product.h"

namespace vfstock::catalogue {

/// What modules are given of an option's or a value's stored name: all before its first "|".
std::string_view machine_name(std::string_view stored) noexcept;

/// Adds an id that is one (above 0) and not there yet.
void add_once(std::vector<std::int64_t>& ids, std::int64_t id);

/// The default group (configoption1) if positive, then every positive value of the option named
/// `location_option`, each group once, in that order. An option's name ends at its first "|" and is
/// compared exactly; a value counts as its leading integer ("3|London" is group 3).
std::vector<std::int64_t> hypervisor_groups(const Product& product,
                                            std::span<const OptionValue> options,
                                            std::string_view location_option);

}  // namespace vfstock::catalogue
