#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind no_answer{
    .name = "no-answer",
    .layer = Layer::answer,
    .sentence = "The request is read, and nothing is ever sent.",
    .carried_out = false,
    .spoil = [](const Rule&, Delivery& delivery) { end_without_answer(delivery, End::no_answer); },
};

}  // namespace vfstock::mockpanel::faults::kinds
