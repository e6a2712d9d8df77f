#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind refused{
    .name = "refused",
    .layer = Layer::answer,
    .sentence = "Nobody listens.",
    .carried_out = false,
    .refused = true,
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::refused); },
};

}  // namespace vfstock::mockpanel::faults::kinds
