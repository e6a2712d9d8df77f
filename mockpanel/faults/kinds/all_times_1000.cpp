#include <algorithm>
#include <cstdlib>
#include <limits>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/lying_figures.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

std::int64_t multiplied(std::int64_t number, std::int64_t by) {
  if (by == 0) return 0;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / std::abs(by);
  return std::clamp(number, -most, most) * by;
}

}  // namespace

extern const Kind all_times_1000{
    .name = "all-times-1000",
    .layer = Layer::state,
    .sentence = "Every figure is `value` times as large, or 1000 times.",
    .parameters = "value",
    .example = R"("value": 10)",
    .lie = true,
    .spoil =
        [](const Rule& rule, Delivery& delivery) {
          change_figures(delivery, [&](std::int64_t number) {
            return multiplied(number, rule.value.value_or(1000));
          });
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
