// Plays a delivery on a connection: bytes, delays, cuts, resets, silence.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

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

}  // namespace vfstock::mockpanel::wire
