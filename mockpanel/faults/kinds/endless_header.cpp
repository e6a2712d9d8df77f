#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_endless_header{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          WireBytes wire = framed_by(delivery, "OK", "", "");
          wire.bytes.resize(wire.bytes.size() - 2);  // without the empty line
          wire.bytes += "X-Padding: ";
          wire.head_bytes = wire.bytes.size();
          wire.without_end = std::string(65536, 'x');
          return wire;
        },
    .received = [](Delivery& delivery) { return head_received(Outcome::head_too_large, delivery); },
};

}  // namespace

extern const Kind endless_header{
    .name = "endless-header",
    .layer = Layer::syntax,
    .sentence = "A header line without an end.",
    .costly = true,
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_endless_header); },
};

}  // namespace vfstock::mockpanel::faults::kinds
