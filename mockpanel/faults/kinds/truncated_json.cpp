#include <string>
#include <utility>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/replaced_answer.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind truncated_json{
    .name = "truncated-json",
    .layer = Layer::answer,
    .sentence = "200 and whole as HTTP, but its JSON stops half way.",
    .spoil =
        [](const Rule&, Delivery& delivery) {
          std::string text = document_text(delivery);
          // A proper beginning of an object or array is never JSON itself.
          text.resize(text.size() / 2);
          replace_answer(delivery, 200, json_type, std::move(text));
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
