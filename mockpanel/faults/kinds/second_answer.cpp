#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

/// A client that takes it for its next answer believes it.
std::string unsolicited() {
  const std::string body = R"({"data":[]})";
  return "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\n" +
         length_line(body.size()) + "Connection: keep-alive\r\n\r\n" + body;
}

const Framing framing_of_second_answer{
    .bytes =
        [](const Delivery& delivery, std::string_view method, bool keep_alive) {
          WireBytes wire = framed_plainly(delivery, method, keep_alive);
          wire.bytes += unsolicited();
          return wire;
        },
    .received = all_received,
};

}  // namespace

extern const Kind second_answer{
    .name = "second-answer",
    .layer = Layer::syntax,
    .sentence = "Another answer right behind the right one.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_second_answer); },
};

}  // namespace vfstock::mockpanel::faults::kinds
