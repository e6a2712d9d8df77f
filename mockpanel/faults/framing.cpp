#include "mockpanel/faults/framing.h"

#include <iterator>

#include <fmt/format.h>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/reason_phrase.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults {

WireBytes wire_bytes(const Delivery& delivery, std::string_view method, bool keep_alive) {
  return delivery.framing == nullptr ? framed_plainly(delivery, method, keep_alive)
                                     : delivery.framing->bytes(delivery, method, keep_alive);
}

void frame(Delivery& delivery, const Framing& framing) {
  give_body(delivery);
  delivery.framing = &framing;
}

WireBytes framed_plainly(const Delivery& delivery, std::string_view method, bool keep_alive) {
  WireBytes wire;
  wire.bytes = head_text(delivery.response, keep_alive);
  wire.head_bytes = wire.bytes.size();
  wire.reusable = keep_alive;
  if (method != "HEAD" && may_have_body(delivery.response.status)) {
    wire.bytes += delivery.response.body;
  }
  return wire;
}

WireBytes framed_by(const Delivery& delivery, std::string_view lines, std::string_view body) {
  return framed_by(delivery, reason_phrase(delivery.response.status), lines, body);
}

WireBytes framed_by(const Delivery& delivery, std::string_view reason, std::string_view lines,
                    std::string_view body) {
  WireBytes wire;
  wire.bytes = fmt::format("HTTP/1.1 {} {}\r\nServer: nginx\r\nConnection: close\r\n",
                           delivery.response.status, reason);
  const auto out = std::back_inserter(wire.bytes);
  for (const auto& [name, value] : delivery.response.headers) {
    if (!frames_the_answer(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  fmt::format_to(out, "{}\r\n", lines);
  wire.head_bytes = wire.bytes.size();
  wire.bytes += body;
  wire.reusable = false;
  return wire;
}

WireBytes framed_as_gzip(const Delivery& delivery, const std::string& body) {
  return framed_by(delivery, "Content-Encoding: gzip\r\n" + length_line(body.size()), body);
}

std::string length_line(std::size_t bytes) { return fmt::format("Content-Length: {}\r\n", bytes); }

std::string chunk(std::string_view bytes) {
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

}  // namespace vfstock::mockpanel::faults
