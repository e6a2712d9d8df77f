#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind field_renamed{
    .name = "field-renamed",
    .layer = Layer::content,
    .sentence = "The field has another name.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) {
            if (!spot.parent->is_object()) return;
            const api::Json value = *spot.value;
            spot.parent->erase(spot.key);
            (*spot.parent)[spot.key + "Value"] = value;
          });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
