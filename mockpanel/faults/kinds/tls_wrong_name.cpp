#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind tls_wrong_name{
    .name = "tls-wrong-name",
    .layer = Layer::tls,
    .sentence = "The certificate is another host's.",
    .carried_out = false,
    .handshake = BrokenHandshake{.names_another = true},
    // Where it is too late for the handshake: what comes closest.
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
