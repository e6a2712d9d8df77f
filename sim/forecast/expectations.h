// Whether a forecast is as its plan expects it. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "sim/forecast/scene.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::forecast {

struct Verdict {
  enum class Is { met, not_met, unknown };  // unknown: the interval holds the threshold
  std::string expected;  // "VPS S (product 1): sold out by day 30 in at most 10.0 % of the runs"
  std::string found;     // "7.4 % (5.8 % to 9.2 %)"
  Is is = Is::unknown;
};

/// One per expectation and product. Unknown is not met: more runs may settle it.
std::vector<Verdict> verdicts_of(const Scene& scene, const Outcomes& outcomes);

}  // namespace vfstock::sim::forecast
