#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind dribble_body{
    .name = "dribble-body",
    .layer = Layer::connection,
    .sentence = "A byte a second once the head is out.",
    .spoil =
        [](const Rule&, Delivery& delivery) {
          give_body(delivery);
          delivery.dribble = Dribble::body;
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
