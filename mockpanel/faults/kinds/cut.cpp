#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind cut{
    .name = "cut",
    .layer = Layer::answer,
    .sentence = "The connection closes half way through the announced body.",
    .spoil = [](const Rule&, Delivery& delivery) { end_half_way(delivery, End::cut); },
};

}  // namespace vfstock::mockpanel::faults::kinds
