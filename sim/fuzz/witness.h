// From a run that violated an invariant to a small scenario that shows it.
#pragma once

#include <cstdint>
#include <string>

#include "sim/document/document.h"
#include "sim/fuzz/trial.h"

namespace vfstock::sim::fuzz {

struct Witness {
  document::Json scenario;  // replay fails on it
  Finding finding;          // what it violates
  std::int64_t steps = 0;
  std::int64_t tried = 0;  // timelines that were run to find it
};

/// `document` violated `invariant` under `transport`; `story` says where it comes from.
Witness make_witness(const document::Json& document, const std::string& invariant,
                     scenario::TransportKind transport, const std::string& story);

/// The document as text for people: one step a line.
std::string witness_text(const document::Json& scenario);

}  // namespace vfstock::sim::fuzz
