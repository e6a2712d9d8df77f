#include <algorithm>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/paged_list.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

constexpr std::int64_t usual_most = 5;

api::Response clamp_results(const Rule& rule, const api::Request& request, const PagedList& list) {
  api::Request clamped = request;
  set_query(clamped, "results",
            std::clamp<std::int64_t>(rule.value.value_or(usual_most), 1, list.number("per_page")));
  return list.ask(clamped);
}

}  // namespace

extern const Kind results_clamped{
    .name = "results-clamped",
    .layer = Layer::paging,
    .sentence = "At most `value` records to a page, or 5.",
    .parameters = "value",
    .example = R"("value": 3)",
    .answer = [](const Rule& rule, const api::Request& request,
                 const Desk& desk) { return answer_paged(rule, request, desk, clamp_results); },
};

}  // namespace vfstock::mockpanel::faults::kinds
