#include "mockpanel/faults/answering.h"

#include <utility>

#include "mockpanel/faults/injector.h"
#include "mockpanel/faults/paging.h"

namespace vfstock::mockpanel::faults {
namespace {

api::Response from_another_state(model::World world, const api::Request& request,
                                 const Desk& desk) {
  api::Api api(world, desk.api.options());
  return api.handle(request, desk.now, desk.wall);
}

/// The answer before its content is spoiled.
api::Response uncorrupted(const Rule& rule, const api::Request& request, const Desk& desk) {
  const bool read = request.method == "GET";
  if (rule.kind == Kind::stale_answer && read && rule.stuck_in) {
    return from_another_state(*rule.stuck_in, request, desk);
  }
  if (layer(rule.kind) == Layer::paging && read) return paged_wrongly(rule, request, desk);
  if (rule.kind == Kind::record_deleted && rule.deleted) {
    delete_record(request, desk.world, *rule.deleted);
  }
  return desk.api.handle(request, desk.now, desk.wall);
}

}  // namespace

Delivery answer(const Rule* rule, const api::Request& request, const Desk& desk) {
  if (rule == nullptr) {
    return Injector::apply(nullptr, desk.api.handle(request, desk.now, desk.wall));
  }
  if (!is_carried_out(rule->kind)) return Injector::apply(rule, {});
  return Injector::apply(rule, uncorrupted(*rule, request, desk));
}

}  // namespace vfstock::mockpanel::faults
