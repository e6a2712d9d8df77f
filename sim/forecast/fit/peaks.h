// Days far busier than those before them: a promotion or an attack that nobody has named.
//
// A level that took them for ordinary would be too high for weeks, so of such a day no more counts
// than an ordinary one could have been. Where it goes on for a week it is the new level. Pure
// functions.
#pragma once

#include <vector>

#include "sim/forecast/fit/past.h"

namespace vfstock::sim::forecast::fit {

/// By period, the most orders that the four weeks before make plausible; days only, else infinite.
/// Rests on nothing but earlier periods.
std::vector<double> plausible_orders(const Past& past);
/// Which of the periods before `until` are above that for less than a week.
std::vector<std::size_t> peaks_before(const Past& past, std::size_t until);

}  // namespace vfstock::sim::forecast::fit
