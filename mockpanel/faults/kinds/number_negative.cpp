#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_negative{
    .name = "number-negative",
    .layer = Layer::content,
    .sentence = "-1 where no number is negative.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .lie = true,
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { *spot.value = -1; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
