// Makes a timeline that violates something as small as it can, so that people can read it.
//
// Works on the scenario's JSON alone: steps, then the faults' conditions, the fleet, the shop, the
// policy, the times and the numbers. Every candidate is run; only what still violates the same
// invariant is kept.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "sim/document/document.h"

namespace vfstock::sim::fuzz {

/// The document, perhaps without steps that mean nothing, if it still shows what is to be shown;
/// nullopt when it does not, or is no scenario at all.
using StillFails = std::function<std::optional<document::Json>(const document::Json&)>;

struct Shrunk {
  document::Json document;
  std::int64_t tried = 0;  // candidates that were run
};

/// `document` itself fails. At most `tries_max` candidates are run.
Shrunk shrink(document::Json document, const StillFails& still_fails,
              std::int64_t tries_max = 20'000);

}  // namespace vfstock::sim::fuzz
