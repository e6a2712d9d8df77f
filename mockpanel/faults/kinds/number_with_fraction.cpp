#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_with_fraction{
    .name = "number-with-fraction",
    .layer = Layer::content,
    .sentence = "A number that is not whole: 1024.5.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { add_tail(spot, ".5"); });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
