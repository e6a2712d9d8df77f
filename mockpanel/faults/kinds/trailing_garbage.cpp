#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind trailing_garbage{
    .name = "trailing-garbage",
    .layer = Layer::content,
    .sentence = "Text behind the document.",
    .spoil = [](const Rule&, Delivery& delivery) { delivery.response.body += "<!-- cached -->"; },
};

}  // namespace vfstock::mockpanel::faults::kinds
