#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_garbage{
    .bytes =
        [](const Delivery&, std::string_view, bool) {
          return WireBytes{
              .bytes = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\x16\x03\x01 Protocol mismatch.\r\n\r\n",
              .reusable = false};
        },
    .received = [](Delivery&) { return nothing_received(Outcome::not_http); },
};

}  // namespace

extern const Kind garbage{
    .name = "garbage",
    .layer = Layer::syntax,
    .sentence = "No HTTP at all.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_garbage); },
};

}  // namespace vfstock::mockpanel::faults::kinds
