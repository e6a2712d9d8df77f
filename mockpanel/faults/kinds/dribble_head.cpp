#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind dribble_head{
    .name = "dribble-head",
    .layer = Layer::connection,
    .sentence = "A byte a second from the first on.",
    .spoil = [](const Rule&, Delivery& delivery) { delivery.dribble = Dribble::head; },
};

}  // namespace vfstock::mockpanel::faults::kinds
