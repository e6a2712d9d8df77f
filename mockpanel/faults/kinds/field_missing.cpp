#include <cstddef>
#include <string>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind field_missing{
    .name = "field-missing",
    .layer = Layer::content,
    .sentence = "The field is not there.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) {
            if (spot.parent->is_object()) {
              spot.parent->erase(spot.key);
            } else {
              spot.parent->erase(static_cast<std::size_t>(std::stoul(spot.key)));
            }
          });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
