#include <cstdint>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void tell_of_another_panel(const Rule&, Delivery& delivery) {
  constexpr std::int64_t far_away = 1'000'000;
  edit_document(delivery, [](api::Json& document) {
    for_each_object(document, [](api::Json& object) {
      const auto id = object.find("id");
      if (id != object.end() && id->is_number_integer()) *id = id->get<std::int64_t>() + far_away;
      const auto free = object.find("free");
      if (free != object.end() && free->is_number_integer()) *free = free->get<std::int64_t>() / 2;
    });
  });
}

}  // namespace

extern const Kind another_panel{
    .name = "another-panel",
    .layer = Layer::content,
    .sentence = "The same kind of record, of a panel with other ids and half the room.",
    .lie = true,
    .spoil = tell_of_another_panel,
};

}  // namespace vfstock::mockpanel::faults::kinds
