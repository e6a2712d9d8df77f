#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind closed{
    .name = "closed",
    .layer = Layer::connection,
    .sentence = "The request is read, then the connection closes without a byte.",
    .carried_out = false,
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::closed); },
};

}  // namespace vfstock::mockpanel::faults::kinds
