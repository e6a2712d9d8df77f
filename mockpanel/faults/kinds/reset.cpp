#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind reset{
    .name = "reset",
    .layer = Layer::answer,
    .sentence = "The connection is torn down (RST) before a byte is sent.",
    .carried_out = false,
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::reset); },
};

}  // namespace vfstock::mockpanel::faults::kinds
