#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind reset_body{
    .name = "reset-body",
    .layer = Layer::connection,
    .sentence = "Torn down (RST) half way through the body.",
    .spoil = [](const Rule&, Delivery& delivery) { end_half_way(delivery, End::torn); },
};

}  // namespace vfstock::mockpanel::faults::kinds
