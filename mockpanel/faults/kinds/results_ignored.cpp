#include <vector>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/paged_list.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

api::Response ignore_results(const Rule&, const api::Request& request, const PagedList& list) {
  api::Request ignorant = request;
  std::erase_if(ignorant.query, [](const auto& field) { return field.first == "results"; });
  return list.ask(ignorant);
}

}  // namespace

extern const Kind results_ignored{
    .name = "results-ignored",
    .layer = Layer::paging,
    .sentence = "20 records to a page, whatever is asked for.",
    .answer = [](const Rule& rule, const api::Request& request,
                 const Desk& desk) { return answer_paged(rule, request, desk, ignore_results); },
};

}  // namespace vfstock::mockpanel::faults::kinds
