// Many replicates of one plan, on any number of threads, always the same.
//
// A replicate depends on seed and number alone, and its outcome has a place of its own, so the
// bytes that come out do not depend on who ran what when. Precision is looked at between rounds of
// a fixed size, for the same reason.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/forecast/plan.h"
#include "sim/forecast/replicate.h"

namespace vfstock::sim::forecast {

struct StudyOptions {
  int threads = 1;
  /// Looked at between replicates: true stops, and what is known so far is what comes out.
  const std::atomic<bool>* interrupted = nullptr;
  /// Told the number of replicates done, from any thread, one call at a time.
  std::function<void(std::int64_t)> progress;
};

/// Outcomes by replicate; they end at the first one that was not run.
using Outcomes = std::vector<Outcome>;

/// Runs replicates first, first + 1, ... until there are `until` in `outcomes`. False: interrupted.
/// Throws what a replicate throws.
bool run_replicates(const Scene& scene, Outcomes& outcomes, std::int64_t until,
                    const StudyOptions& options);

}  // namespace vfstock::sim::forecast
