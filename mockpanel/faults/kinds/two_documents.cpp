#include <string>

#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind two_documents{
    .name = "two-documents",
    .layer = Layer::content,
    .sentence = "The document twice, one behind the other.",
    .spoil =
        [](const Rule&, Delivery& delivery) {
          const std::string once = delivery.response.body;
          delivery.response.body += once;
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
