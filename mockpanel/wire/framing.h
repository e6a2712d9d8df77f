// The bytes of an answer, put on the wire as its delivery says: as HTTP/1.1 has it, or in one way
// wrong.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::wire {

struct WireBytes {
  std::string bytes;
  std::size_t head_bytes = 0;  // of `bytes`
  /// Sent again and again behind `bytes` until the client has gone; empty: nothing more comes.
  std::string without_end;
  /// The connection can carry another answer behind these bytes.
  bool reusable = true;
};

/// All bytes of the answer, whatever the delivery's end. `method` is that of the request: "HEAD"
/// gets no body.
WireBytes wire_bytes(const faults::Delivery& delivery, std::string_view method, bool keep_alive);

}  // namespace vfstock::mockpanel::wire
