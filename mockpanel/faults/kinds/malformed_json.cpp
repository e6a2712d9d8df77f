#include <string>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind malformed_json{
    .name = "malformed-json",
    .layer = Layer::answer,
    .sentence = "200 and JSON by its type, but its text is not JSON.",
    .spoil =
        [](const Rule&, Delivery& delivery) {
          std::string text = document_text(delivery);
          // No JSON text can end like this, whatever stands before it.
          text.back() = ',';
          replace_answer(delivery, 200, json_type, text.size() > 2 ? text + "}" : "{");
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
