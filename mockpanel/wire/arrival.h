// Whether a request has arrived so far that a worker can serve it without waiting.
#pragma once

#include <cstddef>
#include <string_view>

namespace vfstock::mockpanel::wire {

struct ArrivalLimits {
  std::size_t head_bytes_max;
  std::size_t body_bytes_max;
};

/// True once `bytes` begin with a whole request, or with something that is refused whatever
/// follows: a first line that is no request line, a head or body beyond the limits, a broken chunk.
/// True as well for a head that asks to be told to go on before its body comes.
bool has_arrived(std::string_view bytes, const ArrivalLimits& limits);

}  // namespace vfstock::mockpanel::wire
