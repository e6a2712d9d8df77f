#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind keep_alive_closed{
    .name = "keep-alive-closed",
    .layer = Layer::connection,
    .sentence = "The connection is promised to be kept and closed once the answer is out.",
    .spoil = [](const Rule&, Delivery& delivery) { delivery.closes_behind = true; },
};

}  // namespace vfstock::mockpanel::faults::kinds
