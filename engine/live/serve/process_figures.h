// What the system knows of this process: time, memory, descriptors. From /proc; 0 where that is not
// there.
#pragma once

namespace vfstock::serve {

struct ProcessFigures {
  double cpu_seconds = 0, resident_bytes = 0, open_descriptors = 0;
};
ProcessFigures process_figures();

/// Seconds since 1970 at which the process began.
double process_started();

}  // namespace vfstock::serve
