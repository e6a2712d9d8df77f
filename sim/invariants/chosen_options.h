// The checker's own reading of options that make a VPS larger than its package.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/reading.h"
#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// The largest values that a customer can choose.
struct ChosenOptions {
  struct Largest {
    std::int64_t whole = 0;  // what a VPS then has in all; 0: not to be chosen
    std::int64_t more = 0;   // what comes on top
  };
  Largest memory_mb, cores, storage_gb, addresses;
  std::vector<std::int64_t> packages, profiles;
};

ChosenOptions chosen_options(const Row& row, const std::string& location_option);

/// What one VPS needs.
struct Need {
  PackageFacts package;
  std::optional<std::int64_t> addresses;  // absent: no constraint
};

/// Every VPS of these packages that is as large as options allow, one for each storage profile.
std::vector<Need> largest_needs(const std::vector<PackageFacts>& packages,
                                std::optional<std::int64_t> addresses,
                                const ChosenOptions& options);

}  // namespace vfstock::sim::invariants
