// How the bytes of an answer are put on the wire, and what a careful client makes of them.
//
// Without a framing of its own a delivery goes out as HTTP/1.1 should be. A kind that frames wrong
// says both: the bytes for sockets, the reception for in process.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/reception.h"

namespace vfstock::mockpanel::faults {

struct WireBytes {
  std::string bytes;
  std::size_t head_bytes = 0;  // of `bytes`
  /// Sent again and again behind `bytes` until the client has gone; empty: nothing more comes.
  std::string without_end = {};
  /// The connection can carry another answer behind these bytes.
  bool reusable = true;
};

struct Framing {
  WireBytes (*bytes)(const Delivery& delivery, std::string_view method, bool keep_alive);
  /// Of a delivery that comes to its end.
  Reception (*received)(Delivery& delivery);
};

/// All bytes of the answer, whatever the delivery's end. `method` is that of the request: "HEAD"
/// gets no body.
WireBytes wire_bytes(const Delivery& delivery, std::string_view method, bool keep_alive);

/// Has the answer framed like this, with a body where it has none.
void frame(Delivery& delivery, const Framing& framing);

/// As HTTP/1.1 has it.
WireBytes framed_plainly(const Delivery& delivery, std::string_view method, bool keep_alive);
/// An answer with a head of its own making: what frames the body is in `lines`. The connection ends
/// with it.
WireBytes framed_by(const Delivery& delivery, std::string_view lines, std::string_view body);
/// The same with this reason phrase.
WireBytes framed_by(const Delivery& delivery, std::string_view reason, std::string_view lines,
                    std::string_view body);
/// An answer that says that it is compressed.
WireBytes framed_as_gzip(const Delivery& delivery, const std::string& body);

std::string length_line(std::size_t bytes);
inline constexpr std::string_view chunked_line = "Transfer-Encoding: chunked\r\n";
/// One chunk with its size.
std::string chunk(std::string_view bytes);

}  // namespace vfstock::mockpanel::faults
