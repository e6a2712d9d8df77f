#include <cstdint>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_beyond_2_53{
    .name = "number-beyond-2-53",
    .layer = Layer::content,
    .sentence = "2^53 + 1, which a double cannot hold.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery,
                      [](Spot& spot) { *spot.value = std::int64_t{9007199254740993}; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
