#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/paged_list.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

api::Response repeat_page(const Rule&, const api::Request&, const PagedList& list) {
  const std::int64_t page = list.number("current_page");
  if (page < 2) return list.right();
  api::Json changed = list.asked();
  changed["data"] = list.records(page - 1);
  return list.with(changed);
}

}  // namespace

extern const Kind page_repeated{
    .name = "page-repeated",
    .layer = Layer::paging,
    .sentence = "The records of the page before.",
    .answer = [](const Rule& rule, const api::Request& request,
                 const Desk& desk) { return answer_paged(rule, request, desk, repeat_page); },
};

}  // namespace vfstock::mockpanel::faults::kinds
