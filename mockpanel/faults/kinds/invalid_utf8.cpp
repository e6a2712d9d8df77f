#include <cstddef>
#include <string>

#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind invalid_utf8{
    .name = "invalid-utf8",
    .layer = Layer::content,
    .sentence = "Bytes that are no UTF-8.",
    .spoil =
        [](const Rule&, Delivery& delivery) {
          std::string& body = delivery.response.body;
          const std::size_t quote = body.find('"');
          // C0 AF is the slash in a form that UTF-8 forbids.
          body.insert(quote == std::string::npos ? body.size() : quote + 1, "\xC0\xAF");
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
