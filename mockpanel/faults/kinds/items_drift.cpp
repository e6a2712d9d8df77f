#include <algorithm>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/paged_list.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

api::Response move_up(const Rule&, const api::Request&, const PagedList& list) {
  const std::int64_t page = list.number("current_page");
  if (page < 2) return list.right();
  api::Json changed = list.asked();
  api::Json& data = changed["data"];
  if (!data.empty()) data.erase(data.begin());
  const api::Json next = list.records(page + 1);
  if (!next.empty()) data.push_back(next.front());
  const std::int64_t total = std::max<std::int64_t>(0, list.number("total") - 1);
  const std::int64_t each = std::max<std::int64_t>(1, list.number("per_page"));
  changed["total"] = total;
  changed["last_page"] = std::max<std::int64_t>(1, (total + each - 1) / each);
  return list.with(changed);
}

}  // namespace

extern const Kind items_drift{
    .name = "items-drift",
    .layer = Layer::paging,
    .sentence =
        "From page 2 on as if the first record had been deleted meanwhile: one is told of on no "
        "page.",
    .answer = [](const Rule& rule, const api::Request& request,
                 const Desk& desk) { return answer_paged(rule, request, desk, move_up); },
};

}  // namespace vfstock::mockpanel::faults::kinds
