#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind field_null{
    .name = "field-null",
    .layer = Layer::content,
    .sentence = "The field is null.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { *spot.value = nullptr; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
