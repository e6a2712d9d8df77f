// Reads an event list: what was sold and how long it lasted, a line each.
//
// Comma-separated, with a header: `time`, `product` (or `size`), `lifetime`, `censored`, and if the
// trace tells them `batch`, `stock` (what the shop showed after the sale; 0: nothing more could be
// ordered until there was stock again), `cycle` (how it is paid, such as monthly) and `ends` (when
// something that still runs is going to end, as far as that is arranged). Times are seconds, or
// dates such as 2026-11-24T03:00:15; lifetimes are seconds. `censored` is 1 where the end was not
// seen; an empty lifetime lasts until the trace ends. The trace ends with its last sale: what
// ran longer was seen by somebody who counted no more sales. It may span fifty years, and a line
// may have 64 KiB.
#pragma once

#include <istream>
#include <string>

#include "sim/forecast/fit/history.h"

namespace vfstock::sim::forecast::fit {

/// Throws document::DocumentError "FILE:LINE: what is wrong" for anything else.
History read_trace(std::istream& stream, const std::string& file);

}  // namespace vfstock::sim::forecast::fit
