#include "mockpanel/faults/answering.h"

#include "mockpanel/faults/injector.h"

namespace vfstock::mockpanel::faults {
Delivery answer(const Rule* rule, const api::Request& request, const Desk& desk) {
  if (rule != nullptr && !rule->kind->carried_out) return Injector::apply(rule, {});
  const bool another = rule != nullptr && rule->kind->answer != nullptr;
  return Injector::apply(rule, another ? rule->kind->answer(*rule, request, desk)
                                       : desk.api.handle(request, desk.now, desk.wall));
}

}  // namespace vfstock::mockpanel::faults
