// Times out of the ordinary that somebody named: how much busier than usual they were.
//
// Pure functions.
#pragma once

#include <string>
#include <vector>

#include "sim/forecast/fit/past.h"

namespace vfstock::sim::forecast::fit {

struct EventFactor {
  std::string name;
  std::vector<Span> spans;  // ascending; within the product's past
  double orders = 0;        // that came
  double usual = 0;         // that would have come without it
  /// As if one order more had come and one more were usual, so that little seen says little.
  double factor() const { return (orders + 1) / (usual + 1); }
};

/// By name. What is usual is the rate of the open hours within four weeks of the event, else of
/// all.
std::vector<EventFactor> event_factors(const Past& past, const WeekProfile& profile,
                                       const std::vector<NamedEvent>& events);

}  // namespace vfstock::sim::forecast::fit
