#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_long_header{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(
              delivery,
              "X-Padding: " + std::string(20'000, 'x') + "\r\n" + length_line(body.size()), body);
        },
    .received = all_received,
};

}  // namespace

extern const Kind long_header{
    .name = "long-header",
    .layer = Layer::syntax,
    .sentence = "A header of 20 kB.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_long_header); },
};

}  // namespace vfstock::mockpanel::faults::kinds
