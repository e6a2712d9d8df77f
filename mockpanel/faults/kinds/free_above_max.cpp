#include <cstdint>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void free_more_than_there_is(const Rule&, Delivery& delivery) {
  edit_document(delivery, [](api::Json& document) {
    for_each_object(document, [](api::Json& object) {
      const auto max = object.find("max");
      const auto free = object.find("free");
      if (max == object.end() || free == object.end() || !max->is_number_integer()) return;
      *free = max->get<std::int64_t>() + 1000;
    });
  });
}

}  // namespace

extern const Kind free_above_max{
    .name = "free-above-max",
    .layer = Layer::state,
    .sentence = "More is free than there is.",
    .lie = true,
    .spoil = free_more_than_there_is,
};

}  // namespace vfstock::mockpanel::faults::kinds
