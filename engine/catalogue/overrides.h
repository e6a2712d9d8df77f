// What a customer can choose in a product's configurable options that makes a VPS larger than its
// package. Provisioning modules send what was chosen with the request that creates the server, and
// the panel prefers it to the package's figures.
//
// Options are told by their names (option_words.h), values by the number that they begin with:
// "16", "16 GB" and "16384|16 GB" are 16 GB of memory, for modules take a bare number below 1024
// for gigabytes. "1 TB" of storage is 1024 GB; a fraction counts as the next whole number. What
// has no number overrides nothing. Pure functions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalogue/product.h"

namespace vfstock::catalogue {

/// The largest that can be chosen of one resource.
struct LargestChoice {
  std::int64_t in_place = 0;  // of the package's own figure; 0: it cannot be replaced
  std::int64_t on_top = 0;
  std::int64_t of(std::int64_t packaged) const { return std::max(packaged, in_place) + on_top; }
  friend bool operator==(const LargestChoice&, const LargestChoice&) = default;
};

struct Overrides {
  LargestChoice memory_mb, cores, storage_gb, ipv4_addresses;
  /// Other packages and storage profiles that can be chosen, each once, in the shop's order.
  std::vector<std::int64_t> packages, storage_profiles;
  friend bool operator==(const Overrides&, const Overrides&) = default;
};

/// `location_option` is read elsewhere and never an override.
Overrides largest_overrides(std::span<const OptionValue> options, std::string_view location_option);

/// The names of the options that may override something, each once, in the shop's order.
std::vector<std::string> overriding_options(std::span<const OptionValue> options,
                                            std::string_view location_option);

}  // namespace vfstock::catalogue
