#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_nan{
    .name = "number-nan",
    .layer = Layer::content,
    .sentence = "NaN, which JSON does not know.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { *spot.value = raw_text("NaN"); });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
