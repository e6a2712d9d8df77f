#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/lying_figures.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind all_zero{
    .name = "all-zero",
    .layer = Layer::state,
    .sentence = "Every figure is 0.",
    .lie = true,
    .spoil =
        [](const Rule&, Delivery& delivery) {
          change_figures(delivery, [](std::int64_t) { return std::int64_t{0}; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
