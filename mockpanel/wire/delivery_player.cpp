#include "mockpanel/wire/delivery_player.h"

#include <algorithm>
#include <cstddef>

#include "mockpanel/faults/framing.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::End;

/// How long a client may take nothing of an answer.
constexpr std::chrono::seconds write_patience{10};

/// False when the client has not waited for it.
bool wait_out(Connection& connection, const faults::Delivery& delivery, const Pace& pace) {
  if (!pace.real_time || delivery.delay.count() <= 0) return true;
  return !connection.wait_for_close(delivery.delay);
}

/// How much of the answer leaves when it stops on the way.
std::size_t bytes_before_the_stop(const faults::Delivery& delivery, const faults::WireBytes& wire) {
  const bool within_head = delivery.dribble == faults::Dribble::head;
  return std::min(wire.bytes.size(), delivery.cut_after + (within_head ? 0 : wire.head_bytes));
}

/// Byte by byte; false when the client has gone.
bool dribble(Connection& connection, const faults::Delivery& delivery,
             const faults::WireBytes& wire) {
  const std::size_t at_once = delivery.dribble == faults::Dribble::head ? 0 : wire.head_bytes;
  if (!connection.write(std::string_view(wire.bytes).substr(0, at_once), write_patience)) {
    return false;
  }
  for (std::size_t i = at_once; i < wire.bytes.size(); ++i) {
    if (connection.wait_for_close(faults::dribble_pause)) return false;
    if (!connection.write(std::string_view(wire.bytes).substr(i, 1), write_patience)) return false;
  }
  return true;
}

/// Everything, in the way that the delivery asks for; false when the client has gone.
bool send_whole(Connection& connection, const faults::Delivery& delivery,
                const faults::WireBytes& wire, const Pace& pace) {
  if (delivery.dribble != faults::Dribble::none && pace.real_time) {
    return dribble(connection, delivery, wire);
  }
  // One write, so that head and body share a packet.
  if (!connection.write(wire.bytes, write_patience)) return false;
  while (!wire.without_end.empty()) {
    if (!connection.write(wire.without_end, write_patience)) return false;
  }
  return true;
}

void keep_silent(Connection& connection, const Pace& pace) {
  if (pace.real_time) {
    connection.wait_for_close(std::nullopt);
  } else {
    if (pace.held) pace.held();
    connection.wait_for_close(pace.backstop);
  }
}

}  // namespace

bool play(Connection& connection, const faults::Delivery& delivery, std::string_view method,
          bool keep_alive, const Pace& pace) {
  if (!wait_out(connection, delivery, pace)) {
    connection.finish();
    return false;
  }
  const bool answers = delivery.response.status != 0;
  const faults::WireBytes wire =
      answers ? faults::wire_bytes(delivery, method, keep_alive) : faults::WireBytes{};
  const auto send_part = [&] {
    const std::string_view bytes = wire.bytes;
    connection.write(bytes.substr(0, bytes_before_the_stop(delivery, wire)), write_patience);
  };
  switch (delivery.end) {
    case End::whole:
      if (send_whole(connection, delivery, wire, pace) && wire.reusable && !delivery.closes_behind)
        return true;
      break;
    case End::cut:
      send_part();
      break;
    case End::torn:
      send_part();
      connection.reset();
      return false;
    case End::stalled:
      send_part();
      keep_silent(connection, pace);
      break;
    case End::no_answer:
      keep_silent(connection, pace);
      break;
    case End::reset:
      connection.reset();
      return false;
    case End::refused:
    case End::closed:
      break;
  }
  connection.finish();
  return false;
}

}  // namespace vfstock::mockpanel::wire
