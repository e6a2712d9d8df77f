// One timeline, run once: what it violated, and which of its steps meant nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/invariants/trace.h"
#include "sim/scenario/stage.h"

namespace vfstock::sim::fuzz {

/// The timeline itself violated nothing, but the engine threw where it must not.
inline constexpr const char* unexpected = "unexpected";

struct Finding {
  std::string at;         // virtual time, "4m59.9s"
  std::string invariant;  // or "expect", or `unexpected`
  std::string verdict;    // "violated", "unknown"
  std::string detail;
};

struct Outcome {
  std::vector<Finding> findings;  // in order of time
  std::string fingerprint;
  std::vector<std::size_t> misfits;  // steps that named what was not there, and did nothing
  std::int64_t steps = 0, requests = 0;
  std::int64_t unmet_faults = 0;  // that met no request, those of chance left out

  /// The first finding of this invariant; null when there is none.
  const Finding* of(const std::string& invariant) const;
};

using Onlooker = std::function<void(const invariants::Record&)>;

/// Runs a scenario's document. Throws document::DocumentError for one that is no scenario.
Outcome run_trial(const document::Json& document, scenario::TransportKind transport,
                  const Onlooker& onlooker = {});

/// The document without the steps at these indices.
document::Json without_steps(document::Json document, const std::vector<std::size_t>& steps);

}  // namespace vfstock::sim::fuzz
