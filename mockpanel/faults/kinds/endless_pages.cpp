#include <cstddef>
#include <utility>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/paged_list.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

constexpr std::int64_t pages_without_end = 1'000'000;

/// The id of the record at its outer level, wherever this kind of list has it.
api::Json& id_of(api::Json& record) {
  return record.contains("hypervisor") && record["hypervisor"].is_object()
             ? record["hypervisor"]["id"]
             : record["id"];
}

api::Response never_end(const Rule&, const api::Request&, const PagedList& list) {
  const std::int64_t page = list.number("current_page");
  const std::int64_t each = list.number("per_page");
  const api::Json pattern = list.records(1);
  api::Json changed = list.asked();
  api::Json& data = changed["data"];
  for (std::int64_t i = static_cast<std::int64_t>(data.size()); i < each && !pattern.empty(); ++i) {
    api::Json record = pattern[static_cast<std::size_t>(i) % pattern.size()];
    id_of(record) = pages_without_end * page + i;
    data.push_back(std::move(record));
  }
  changed["last_page"] = pages_without_end;
  changed["total"] = pages_without_end * each;
  changed["from"] = (page - 1) * each + 1;
  changed["to"] = page * each;
  return list.with(changed);
}

}  // namespace

extern const Kind endless_pages{
    .name = "endless-pages",
    .layer = Layer::paging,
    .sentence = "A million pages, each full of records never seen before.",
    .answer = [](const Rule& rule, const api::Request& request,
                 const Desk& desk) { return answer_paged(rule, request, desk, never_end); },
};

}  // namespace vfstock::mockpanel::faults::kinds
