#include <cstdint>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void flip(api::Json& flag) {
  if (flag.is_boolean()) {
    flag = !flag.get<bool>();
  } else if (flag.is_number_integer()) {
    flag = flag.get<std::int64_t>() == 0 ? 1 : 0;
  }
}

void flip_flags(const Rule&, Delivery& delivery) {
  edit_document(delivery, [](api::Json& document) {
    for_each_object(document, [](api::Json& object) {
      if (const auto enabled = object.find("enabled"); enabled != object.end()) flip(*enabled);
    });
  });
}

}  // namespace

extern const Kind flags_flip{
    .name = "flags-flip",
    .layer = Layer::state,
    .sentence = "What is enabled says that it is disabled, and the other way round.",
    .lie = true,
    .spoil = flip_flags,
};

}  // namespace vfstock::mockpanel::faults::kinds
