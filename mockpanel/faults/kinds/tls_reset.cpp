#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind tls_reset{
    .name = "tls-reset",
    .layer = Layer::tls,
    .sentence = "The connection is torn down (RST) within the handshake.",
    .carried_out = false,
    .handshake = BrokenHandshake{.torn = true},
    // Where it is too late for the handshake: what comes closest.
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
