#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind stall_body{
    .name = "stall-body",
    .layer = Layer::connection,
    .sentence = "Silent from half way through the body.",
    .spoil = [](const Rule&, Delivery& delivery) { end_half_way(delivery, End::stalled); },
};

}  // namespace vfstock::mockpanel::faults::kinds
