// What really leaves the mock panel for one request: an answer, when, and how the exchange ends.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::faults {

/// How the exchange ends on the wire.
enum class End {
  whole,      // the response, complete
  cut,        // closed after `cut_after` body bytes of what Content-Length announced
  no_answer,  // the request is read, nothing is ever sent
  reset,      // torn down (RST) before a byte is sent
  refused,    // nobody listens
  closed,     // the request is read, the connection closes without a byte
  torn,       // as `cut`, but torn down (RST)
  stalled,    // as `cut`, but silent from then on
};

/// From where on the answer comes byte by byte.
enum class Dribble { none, head, body };
constexpr std::chrono::milliseconds dribble_pause{1000};  // between two bytes

struct Framing;  // framing.h

struct Delivery {
  /// Status 0 where no status line is sent.
  api::Response response;
  std::chrono::milliseconds delay{0};  // before the first byte
  End end = End::whole;
  /// Of End::cut, torn and stalled; of a dribbled head that stalls it counts bytes of the head.
  std::size_t cut_after = 0;
  const Framing* framing = nullptr;  // null: HTTP/1.1 as it should be
  Dribble dribble = Dribble::none;
  /// Promises to keep the connection and closes it behind the answer.
  bool closes_behind = false;
};

/// Status line and headers up to the empty line, as nginx writes them; no Date, so that runs
/// repeat. The body is announced whole. 204 and 304 announce none.
std::string head_text(const api::Response& response, bool keep_alive);

/// What the client has to wait until the last byte is there: the delay, and the pauses of a
/// dribbled answer.
std::chrono::milliseconds time_needed(const Delivery& delivery);
/// The same delivery to a client that waits so long and no longer: what would come then or later
/// does not come.
void hold_back_after(Delivery& delivery, std::chrono::milliseconds patience);

}  // namespace vfstock::mockpanel::faults
