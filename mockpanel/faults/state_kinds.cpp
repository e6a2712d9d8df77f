// State and paging kinds that can be seen in one answer alone: figures, flags and counts that lie.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <limits>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kinds.h"

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;

/// What a VPS needs and what there is of it, in packages and resources alike.
constexpr std::array<const char*, 6> figures{"max",    "allocated", "free",
                                             "memory", "cpuCores",  "primaryStorage"};

void change_figures(Delivery& delivery, const std::function<std::int64_t(std::int64_t)>& change) {
  edit_document(delivery, [&](Json& document) {
    for_each_object(document, [&](Json& object) {
      for (const char* const figure : figures) {
        const auto found = object.find(figure);
        if (found == object.end() || !found->is_number_integer()) continue;
        *found = change(found->get<std::int64_t>());
      }
    });
  });
}

std::int64_t multiplied(std::int64_t number, std::int64_t by) {
  if (by == 0) return 0;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / std::abs(by);
  return std::clamp(number, -most, most) * by;
}

void free_above_max(Delivery& delivery) {
  edit_document(delivery, [](Json& document) {
    for_each_object(document, [](Json& object) {
      const auto max = object.find("max");
      const auto free = object.find("free");
      if (max == object.end() || free == object.end() || !max->is_number_integer()) return;
      *free = max->get<std::int64_t>() + 1000;
    });
  });
}

void flags_flip(Delivery& delivery) {
  edit_document(delivery, [](Json& document) {
    for_each_object(document, [](Json& object) {
      const auto enabled = object.find("enabled");
      if (enabled == object.end()) return;
      if (enabled->is_boolean()) {
        *enabled = !enabled->get<bool>();
      } else if (enabled->is_number_integer()) {
        *enabled = enabled->get<std::int64_t>() == 0 ? 1 : 0;
      }
    });
  });
}

void add_to(Json& document, const char* field, std::int64_t more) {
  const auto found = document.find(field);
  if (found == document.end() || !found->is_number_integer()) return;
  *found = found->get<std::int64_t>() + more;
}

void hypervisor_twice(Delivery& delivery) {
  edit_document(delivery, [](Json& document) {
    if (!document.is_object() || !document.contains("data")) return;
    Json& data = document["data"];
    if (!data.is_array() || data.empty()) return;
    Json first = data.front();
    data.push_back(std::move(first));
    add_to(document, "total", 1);
    add_to(document, "to", 1);
  });
}

void set_count(const Rule& rule, Delivery& delivery, const char* field,
               const std::function<std::int64_t(std::int64_t)>& lie) {
  edit_document(delivery, [&](Json& document) {
    if (!document.is_object()) return;
    const auto found = document.find(field);
    if (found == document.end() || !found->is_number_integer()) return;
    *found = rule.value.value_or(lie(found->get<std::int64_t>()));
  });
}

}  // namespace

void befall_state(const Rule& rule, Delivery& delivery) {
  switch (rule.kind) {
    case Kind::hypervisor_twice:
      return hypervisor_twice(delivery);
    case Kind::free_above_max:
      return free_above_max(delivery);
    case Kind::flags_flip:
      return flags_flip(delivery);
    case Kind::all_zero:
      return change_figures(delivery, [](std::int64_t) { return std::int64_t{0}; });
    case Kind::all_times_1000:
      return change_figures(delivery, [&](std::int64_t number) {
        return multiplied(number, rule.value.value_or(1000));
      });
    case Kind::last_page_lies:
      return set_count(rule, delivery, "last_page",
                       [](std::int64_t last) { return last > 1 ? last - 1 : last + 1; });
    case Kind::total_lies:
      return set_count(rule, delivery, "total", [](std::int64_t total) { return total + 1; });
    default:
      return;
  }
}

}  // namespace vfstock::mockpanel::faults
