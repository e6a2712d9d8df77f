#include <cstdint>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/spoiled_value.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind number_beyond_2_63{
    .name = "number-beyond-2-63",
    .layer = Layer::content,
    .sentence = "2^63, which a signed number of 64 bits cannot hold.",
    .parameters = "field",
    .example = R"("field": "/data/memory")",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          spoil_value(rule, delivery,
                      [](Spot& spot) { *spot.value = std::uint64_t{9223372036854775808U}; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
