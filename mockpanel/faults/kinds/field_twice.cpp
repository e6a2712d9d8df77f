#include <string>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind field_twice{
    .name = "field-twice",
    .layer = Layer::content,
    .sentence = "The field comes again, with another value.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery, [](Spot& spot) {
            if (!spot.parent->is_object()) return;
            const std::string key = spot.key;
            (*spot.parent)[second_key(key)] = 0;
          });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
