// When nothing could be ordered: closed periods, known or estimated.
//
// A sale of the last VPS closes a product until stock comes back. Where the past tells the sales
// alone, the moment of that is not known: it lies somewhere before the next sale. Expectation and
// maximisation in turn (Dempster, Laird and Rubin, 1977) find the rate that makes all of it the
// most likely, and with it how long each gap was closed on average. Pure functions.
#pragma once

#include <vector>

#include "sim/forecast/fit/history.h"

namespace vfstock::sim::forecast::fit {

/// What was closed of the gaps, given the moments of all orders from `begin` to `end` and the spans
/// that are known to have been closed. A gap that lasts until `end` was closed all the time.
/// Parts begin just after the sale with which their gap begins: that one was open.
std::vector<Span> closed_parts(const std::vector<double>& orders, double begin, double end,
                               const std::vector<Span>& closed, const std::vector<Span>& gaps);

/// Stretches without an order that chance hardly explains at the rate of the rest, and that ended
/// with one: as if there had been nothing to sell.
std::vector<Span> suspicious_gaps(const std::vector<double>& orders, double begin, double end,
                                  const std::vector<Span>& closed);

}  // namespace vfstock::sim::forecast::fit
