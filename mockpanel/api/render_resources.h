// The resources of a hypervisor, as group lists and server records show them.
#pragma once

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// allocated / max in percent to one decimal: an integer when whole, null without a quota.
Json percent(const model::Quota& quota);

/// servers, memory, cpuCores, localStorage, otherStorage. `free` is max - allocated, so it is
/// negative where there is no quota. No localStorage field where the hypervisor has none.
Json render_resources(const model::Hypervisor& hypervisor);

/// One entry of a group's resources: flags as booleans, the resources, and the free IPv4 addresses
/// where the hypervisor reports them.
Json render_resource_entry(const model::World& world, const model::Hypervisor& hypervisor);

}  // namespace vfstock::mockpanel::api
