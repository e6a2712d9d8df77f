#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind tls_self_signed{
    .name = "tls-self-signed",
    .layer = Layer::tls,
    .sentence = "Nobody whom the client trusts has signed the certificate.",
    .carried_out = false,
    .handshake = BrokenHandshake{.untrusted = true},
    // Where it is too late for the handshake: what comes closest.
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
