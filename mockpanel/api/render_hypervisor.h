// Hypervisor and group records.
#pragma once

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// A group as its own record and in the list of groups.
Json render_group(const model::Group& group);

/// A hypervisor as a list entry: networks and storage stand before the dates.
Json render_listed_hypervisor(const model::World& world, const model::Hypervisor& hypervisor);
/// A hypervisor as a single record: no storage, networks after the dates.
Json render_hypervisor(const model::World& world, const model::Hypervisor& hypervisor);

}  // namespace vfstock::mockpanel::api
