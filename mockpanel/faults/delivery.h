// What really leaves the mock panel for one request: an answer, when, and how the exchange ends.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::faults {

/// How the exchange ends on the wire.
enum class End {
  whole,      // the response, complete
  cut,        // closed after `cut_after` body bytes of what Content-Length announced
  no_answer,  // the request is read, nothing is ever sent
  reset,      // torn down (RST) before a byte is sent
  refused,    // nobody listens
};

struct Delivery {
  /// Status 0 where no status line is sent.
  api::Response response;
  std::chrono::milliseconds delay{0};  // before the first byte
  End end = End::whole;
  std::size_t cut_after = 0;
};

}  // namespace vfstock::mockpanel::faults
