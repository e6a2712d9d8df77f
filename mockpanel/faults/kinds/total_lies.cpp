#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/lying_figures.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind total_lies{
    .name = "total-lies",
    .layer = Layer::paging,
    .sentence = "`total` is `value`, or one more.",
    .parameters = "value",
    .example = R"("value": 1)",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          change_count(rule, delivery, "total", [](std::int64_t total) { return total + 1; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
