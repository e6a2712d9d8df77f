// Many runs of one seed: in order, on several threads, up to a number of runs or until told to
// stop.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "sim/fuzz/coverage.h"
#include "sim/fuzz/timeline.h"
#include "sim/fuzz/trial.h"

namespace vfstock::sim::fuzz {

/// Makes the `run`-th timeline; may be called from several threads at once.
using Source = std::function<document::Json(std::uint64_t run)>;

struct CampaignOptions {
  std::uint64_t first_run = 0, runs = 1000;
  int jobs = 1;
  scenario::TransportKind transport = scenario::TransportKind::direct;
  /// Go on after a violation, and count them all.
  bool keep_going = false;
  /// Asked between batches of runs: true ends the campaign early.
  std::function<bool(std::uint64_t runs_done)> is_enough = [](std::uint64_t) { return false; };
};

/// The first run that violated something.
struct Hit {
  std::uint64_t run = 0;
  Outcome outcome;
};

struct CampaignResult {
  std::uint64_t runs = 0;
  std::int64_t steps = 0, requests = 0, misfits = 0, unmet_faults = 0;
  std::string fingerprint;  // over all runs in their order
  std::optional<Hit> hit;
  struct Tally {
    std::uint64_t runs = 0, first_run = 0;
    std::uint64_t alone = 0;  // runs in which no other invariant was violated
  };
  std::map<std::string, Tally> violated;  // by invariant
  Coverage coverage;
};

/// The same options give the same result whatever `jobs` is, but for `is_enough`.
CampaignResult run_campaign(const Source& source, const CampaignOptions& options);

}  // namespace vfstock::sim::fuzz
