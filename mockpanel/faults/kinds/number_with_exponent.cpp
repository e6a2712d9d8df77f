#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_with_exponent{
    .name = "number-with-exponent",
    .layer = Layer::content,
    .sentence = "A whole number with an exponent: 1024e0.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { add_tail(spot, "e0"); });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
