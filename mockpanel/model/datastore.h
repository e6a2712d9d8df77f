// Shared datastores: one physical pool behind the entries of several hypervisors.
//
// The panel lists a datastore (Ceph, for instance) once for each hypervisor, each time with an id
// and an allocation of its own. Entries of one group that are datastores and agree in name and
// storage type are one pool: its quota is the smallest that an entry states, and all of them
// allocate from it, those of prohibited or disabled hypervisors too.
#pragma once

#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {

/// Every entry of the datastore behind `pool`, that of `hypervisor` among them; `pool` alone where
/// it is no datastore.
std::vector<const Pool*> entries_of(const World& world, const Hypervisor& hypervisor,
                                    const Pool& pool);

/// The physical pool's quota in GB, and as base load what all entries have allocated. Of a pool
/// that is no datastore its own figures.
Quota gigabytes_of(const World& world, const Hypervisor& hypervisor, const Pool& pool);

}  // namespace vfstock::mockpanel::model
