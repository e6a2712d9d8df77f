// Plays a delivery on a connection: bytes, delays, cuts, resets, silence.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/wire/connection.h"

namespace vfstock::mockpanel::wire {

/// How time passes while a delivery is played; see ServerOptions.
struct Pace {
  bool real_time = true;
  std::chrono::milliseconds backstop{5000};
  std::function<void()> held;
};

/// Plays it to its end. True: another request may follow on the connection. False: the connection
/// has been ended in the way that the delivery asks for. `method` is that of the request ("HEAD"
/// gets no body).
bool play(Connection& connection, const faults::Delivery& delivery, std::string_view method,
          bool keep_alive, const Pace& pace);

/// Status line and headers up to the empty line, as nginx writes them; no Date, so that runs
/// repeat. The body is announced whole. 204 and 304 announce none.
std::string head_text(const api::Response& response, bool keep_alive);

}  // namespace vfstock::mockpanel::wire
