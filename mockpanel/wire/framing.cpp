#include "mockpanel/wire/framing.h"

#include <iterator>

#include <fmt/format.h>

#include "mockpanel/faults/gzip.h"
#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/reason_phrase.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::Delivery;
using faults::Framing;

constexpr std::size_t long_reason_bytes = 30'000;
constexpr std::size_t long_header_bytes = 20'000;
constexpr int many_headers = 200'000;
constexpr std::size_t bomb_bytes = std::size_t{100} * 1024 * 1024;

/// An answer with a head of its own making: what frames the body is in `lines`. The connection ends
/// with it.
WireBytes with_lines(const Delivery& delivery, std::string_view reason, std::string_view lines,
                     std::string_view body) {
  WireBytes wire;
  wire.bytes = fmt::format("HTTP/1.1 {} {}\r\nServer: nginx\r\nConnection: close\r\n",
                           delivery.response.status, reason);
  const auto out = std::back_inserter(wire.bytes);
  for (const auto& [name, value] : delivery.response.headers) {
    if (!faults::frames_the_answer(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  fmt::format_to(out, "{}\r\n", lines);
  wire.head_bytes = wire.bytes.size();
  wire.bytes += body;
  wire.reusable = false;
  return wire;
}

WireBytes plain(const Delivery& delivery, std::string_view method, bool keep_alive) {
  WireBytes wire;
  wire.bytes = faults::head_text(delivery.response, keep_alive);
  wire.head_bytes = wire.bytes.size();
  wire.reusable = keep_alive;
  if (method != "HEAD" && faults::may_have_body(delivery.response.status)) {
    wire.bytes += delivery.response.body;
  }
  return wire;
}

std::string chunk(std::string_view bytes) {
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

std::string length_line(std::size_t bytes) { return fmt::format("Content-Length: {}\r\n", bytes); }

WireBytes packed(const Delivery& delivery, const std::string& body) {
  return with_lines(delivery, faults::reason_phrase(delivery.response.status),
                    "Content-Encoding: gzip\r\n" + length_line(body.size()), body);
}

/// Made once per process: it costs half a second.
const std::string& bomb() {
  static const std::string packed_bomb = faults::gzip_of_many(' ', bomb_bytes);
  return packed_bomb;
}

/// An answer nobody asked for. A client that takes it for its next one believes it.
std::string unsolicited() {
  const std::string body = R"({"data":[]})";
  return "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\n" +
         length_line(body.size()) + "Connection: keep-alive\r\n\r\n" + body;
}

WireBytes second_answer(const Delivery& delivery, std::string_view method, bool keep_alive) {
  WireBytes wire = plain(delivery, method, keep_alive);
  wire.bytes += unsolicited();
  return wire;
}

WireBytes early_continue(const Delivery& delivery, std::string_view method, bool keep_alive) {
  WireBytes wire = plain(delivery, method, keep_alive);
  const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
  wire.bytes.insert(0, interim);
  wire.head_bytes += interim.size();
  return wire;
}

WireBytes endless_header(const Delivery& delivery) {
  WireBytes wire = with_lines(delivery, "OK", "", "");
  wire.bytes.resize(wire.bytes.size() - 2);
  wire.bytes += "X-Padding: ";
  wire.head_bytes = wire.bytes.size();
  wire.without_end = std::string(65536, 'x');
  return wire;
}

WireBytes garbage() {
  WireBytes wire;
  wire.bytes = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\x16\x03\x01 Protocol mismatch.\r\n\r\n";
  wire.reusable = false;
  return wire;
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  all.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// The framings whose head is made here.
WireBytes misframed(const Delivery& delivery) {
  const std::string& body = delivery.response.body;
  const std::string_view reason = faults::reason_phrase(delivery.response.status);
  const std::string length = length_line(body.size());
  constexpr std::string_view chunked = "Transfer-Encoding: chunked\r\n";
  switch (delivery.framing) {
    case Framing::long_reason:
      return with_lines(delivery, std::string(long_reason_bytes, 'x'), length, body);
    case Framing::no_length:
      return with_lines(delivery, reason, "", body.substr(0, body.size() / 2));
    case Framing::short_length:
      return with_lines(delivery, reason, length_line(body.size() / 2), body);
    case Framing::two_lengths:
      return with_lines(delivery, reason, length + length_line(body.size() / 2), body);
    case Framing::length_and_chunked:
      return with_lines(delivery, reason, std::string(length).append(chunked),
                        chunk(body) + "0\r\n\r\n");
    case Framing::bad_chunk_size:
      return with_lines(delivery, reason, chunked, "size\r\n" + body + "\r\n0\r\n\r\n");
    case Framing::no_last_chunk:
      return with_lines(delivery, reason, chunked, chunk(body));
    case Framing::long_header:
      return with_lines(delivery, reason,
                        "X-Padding: " + std::string(long_header_bytes, 'x') + "\r\n" + length,
                        body);
    case Framing::many_headers:
      return with_lines(delivery, reason, repeated("X-Padding: x\r\n", many_headers) + length,
                        body);
    default:
      return plain(delivery, "GET", false);
  }
}

}  // namespace

WireBytes wire_bytes(const Delivery& delivery, std::string_view method, bool keep_alive) {
  switch (delivery.framing) {
    case Framing::plain:
      return plain(delivery, method, keep_alive);
    case Framing::second_answer:
      return second_answer(delivery, method, keep_alive);
    case Framing::early_continue:
      return early_continue(delivery, method, keep_alive);
    case Framing::endless_header:
      return endless_header(delivery);
    case Framing::garbage:
      return garbage();
    case Framing::gzip_bomb:
      return packed(delivery, bomb());
    case Framing::gzip_cut:
      return packed(delivery, faults::half_gzip(delivery.response.body));
    case Framing::gzip_plain:
      return packed(delivery, delivery.response.body);
    default:
      return misframed(delivery);
  }
}

}  // namespace vfstock::mockpanel::wire
