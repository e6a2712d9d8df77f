#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind tls_plaintext{
    .name = "tls-plaintext",
    .layer = Layer::tls,
    .sentence = "HTTP is spoken where TLS is expected.",
    .carried_out = false,
    .handshake = BrokenHandshake{.plaintext = true},
    // Where it is too late for the handshake: what comes closest.
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
