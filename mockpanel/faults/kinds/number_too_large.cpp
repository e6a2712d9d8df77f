#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_too_large{
    .name = "number-too-large",
    .layer = Layer::content,
    .sentence = "A number beyond every type: 1e400.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) { *spot.value = raw_text("1e400"); });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
