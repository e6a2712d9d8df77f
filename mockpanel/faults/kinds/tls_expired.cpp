#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind tls_expired{
    .name = "tls-expired",
    .layer = Layer::tls,
    .sentence = "The certificate's time is over.",
    .carried_out = false,
    .handshake = BrokenHandshake{.expired = true},
    // Where it is too late for the handshake: what comes closest.
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
