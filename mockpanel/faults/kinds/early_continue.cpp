#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_early_continue{
    .bytes =
        [](const Delivery& delivery, std::string_view method, bool keep_alive) {
          WireBytes wire = framed_plainly(delivery, method, keep_alive);
          const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
          wire.bytes.insert(0, interim);
          wire.head_bytes += interim.size();
          return wire;
        },
    .received = all_received,
};

}  // namespace

extern const Kind early_continue{
    .name = "early-continue",
    .layer = Layer::syntax,
    .sentence = "A 100 that nobody asked for, before the right answer.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_early_continue); },
};

}  // namespace vfstock::mockpanel::faults::kinds
