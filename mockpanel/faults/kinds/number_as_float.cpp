#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_as_float{
    .name = "number-as-float",
    .layer = Layer::content,
    .sentence = "A whole number as a fraction: 1024.0.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { add_tail(spot, ".0"); });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
