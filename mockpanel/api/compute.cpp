// The hypervisor and hypervisor group routes.
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/lists.h"
#include "mockpanel/api/render_hypervisor.h"
#include "mockpanel/api/render_resources.h"

namespace vfstock::mockpanel::api {

Response answer_hypervisors(const Call& call) {
  return paged(call, pointers(call.world.hypervisors), [&](const model::Hypervisor& hypervisor) {
    return render_listed_hypervisor(call.world, hypervisor);
  });
}

Response answer_hypervisor(const Call& call) {
  const auto found = call.world.hypervisors.find(call.id);
  if (found == call.world.hypervisors.end()) return not_found("hypervisor");
  return record(200, render_hypervisor(call.world, found->second));
}

Response answer_groups(const Call& call) {
  return paged(call, pointers(call.world.groups), render_group);
}

Response answer_group(const Call& call) {
  const auto found = call.world.groups.find(call.id);
  if (found == call.world.groups.end()) return not_found("hypervisor group");
  return record(200, render_group(found->second));
}

Response answer_group_resources(const Call& call) {
  if (!call.world.groups.contains(call.id)) return not_found("hypervisor group");
  const auto known = call.members.find(call.id);
  const auto& members =
      known != call.members.end()
          ? known->second
          : call.members.emplace(call.id, call.world.members(call.id)).first->second;
  return paged(call, members, [&](const model::Hypervisor& hypervisor) {
    return render_resource_entry(call.world, hypervisor);
  });
}

}  // namespace vfstock::mockpanel::api
