#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind byte_order_mark{
    .name = "byte-order-mark",
    .layer = Layer::content,
    .sentence = "A byte order mark before the document.",
    .spoil = [](const Rule&,
                Delivery& delivery) { delivery.response.body.insert(0, "\xEF\xBB\xBF"); },
};

}  // namespace vfstock::mockpanel::faults::kinds
