#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/lying_figures.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind last_page_lies{
    .name = "last-page-lies",
    .layer = Layer::paging,
    .sentence = "`last_page` is `value`, or one less (one more where there is one page).",
    .parameters = "value",
    .example = R"("value": 9)",
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          change_count(rule, delivery, "last_page",
                       [](std::int64_t last) { return last > 1 ? last - 1 : last + 1; });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
