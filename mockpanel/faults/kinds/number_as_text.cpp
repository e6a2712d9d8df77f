#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_as_text{
    .name = "number-as-text",
    .layer = Layer::content,
    .sentence = "A number in quotation marks: \"1024\".",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) {
            if (!spot.value->is_string()) *spot.value = spot.value->dump();
          });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
