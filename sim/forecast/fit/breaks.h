// Breaks of a level: a moment from which on orders come at another rate for good.
#pragma once

#include <optional>

#include "sim/forecast/fit/past.h"

namespace vfstock::sim::forecast::fit {

struct LevelBreak {
  std::size_t period = 0;        // the first of the new level
  double before = 0, after = 0;  // orders per busy hour
};

/// The last break before period `until`, by the likelihood ratio of two Poisson rates against one,
/// brought down by how much more than Poisson's neighbouring periods differ. `busy`: open busy
/// hours by period. It must show both in all of the past and in a window about itself, so that a
/// level that drifts has none.
std::optional<LevelBreak> last_break(const Past& past, const std::vector<double>& busy,
                                     std::size_t until);

}  // namespace vfstock::sim::forecast::fit
