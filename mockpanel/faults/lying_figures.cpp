#include "mockpanel/faults/lying_figures.h"

#include <array>

#include "mockpanel/faults/answer_json.h"

namespace vfstock::mockpanel::faults {
namespace {

constexpr std::array<const char*, 6> figures{"max",    "allocated", "free",
                                             "memory", "cpuCores",  "primaryStorage"};

}  // namespace

void change_figures(Delivery& delivery, const std::function<std::int64_t(std::int64_t)>& change) {
  edit_document(delivery, [&](api::Json& document) {
    for_each_object(document, [&](api::Json& object) {
      for (const char* const figure : figures) {
        const auto found = object.find(figure);
        if (found == object.end() || !found->is_number_integer()) continue;
        *found = change(found->get<std::int64_t>());
      }
    });
  });
}

void change_count(const Rule& rule, Delivery& delivery, const char* field,
                  const std::function<std::int64_t(std::int64_t)>& lie) {
  edit_document(delivery, [&](api::Json& document) {
    if (!document.is_object()) return;
    const auto found = document.find(field);
    if (found == document.end() || !found->is_number_integer()) return;
    *found = rule.value.value_or(lie(found->get<std::int64_t>()));
  });
}

}  // namespace vfstock::mockpanel::faults
