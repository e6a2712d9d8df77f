#include "mockpanel/wire/delivery_player.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/reason_phrase.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::End;

/// How long a client may take nothing of an answer.
constexpr std::chrono::seconds write_patience{10};

bool announces_length(int status) { return status != 204 && status != 304; }

/// False when the client has not waited for it.
bool wait_out(Connection& connection, const faults::Delivery& delivery, const Pace& pace) {
  if (!pace.real_time || delivery.delay.count() <= 0) return true;
  return !connection.wait_for_close(delivery.delay);
}

/// The part of the body that really leaves.
std::string_view body_sent(const faults::Delivery& delivery, std::string_view method) {
  const std::string_view body = delivery.response.body;
  if (method == "HEAD" || !announces_length(delivery.response.status)) return {};
  return delivery.end == End::cut ? body.substr(0, delivery.cut_after) : body;
}

bool send_answer(Connection& connection, const faults::Delivery& delivery, std::string_view method,
                 bool keep_alive) {
  // One write, so that head and body share a packet.
  std::string bytes = head_text(delivery.response, keep_alive);
  bytes += body_sent(delivery, method);
  return connection.write(bytes, write_patience);
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

std::string head_text(const api::Response& response, bool keep_alive) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nServer: nginx\r\n", response.status,
                                 faults::reason_phrase(response.status));
  const auto out = std::back_inserter(head);
  for (const auto& [name, value] : response.headers) {
    if (!faults::frames_the_answer(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  if (announces_length(response.status)) {
    fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  }
  fmt::format_to(out, "Connection: {}\r\n\r\n", keep_alive ? "keep-alive" : "close");
  return head;
}

bool play(Connection& connection, const faults::Delivery& delivery, std::string_view method,
          bool keep_alive, const Pace& pace) {
  if (!wait_out(connection, delivery, pace)) {
    connection.finish();
    return false;
  }
  switch (delivery.end) {
    case End::whole:
      if (send_answer(connection, delivery, method, keep_alive) && keep_alive) return true;
      break;
    case End::cut:
      send_answer(connection, delivery, method, keep_alive);
      break;
    case End::no_answer:
      keep_silent(connection, pace);
      break;
    case End::reset:
      connection.reset();
      return false;
    case End::refused:
      break;
  }
  connection.finish();
  return false;
}

}  // namespace vfstock::mockpanel::wire
