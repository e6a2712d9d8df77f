#include <cstdint>
#include <utility>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void add_to(api::Json& document, const char* field, std::int64_t more) {
  const auto found = document.find(field);
  if (found == document.end() || !found->is_number_integer()) return;
  *found = found->get<std::int64_t>() + more;
}

void repeat_first_record(const Rule&, Delivery& delivery) {
  edit_document(delivery, [](api::Json& document) {
    if (!document.is_object() || !document.contains("data")) return;
    api::Json& data = document["data"];
    if (!data.is_array() || data.empty()) return;
    api::Json first = data.front();
    data.push_back(std::move(first));
    add_to(document, "total", 1);
    add_to(document, "to", 1);
  });
}

}  // namespace

extern const Kind hypervisor_twice{
    .name = "hypervisor-twice",
    .layer = Layer::state,
    .sentence = "The first record of the list once more, and counted.",
    .spoil = repeat_first_record,
};

}  // namespace vfstock::mockpanel::faults::kinds
