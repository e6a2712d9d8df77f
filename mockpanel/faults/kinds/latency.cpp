#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind latency{
    .name = "latency",
    .layer = Layer::answer,
    .sentence = "The right answer, late by `delay`.",
    .example = R"("delay": "25s")",
};

}  // namespace vfstock::mockpanel::faults::kinds
