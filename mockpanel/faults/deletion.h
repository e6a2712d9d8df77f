// Records that a fault has deleted, and their way back.
#pragma once

#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

struct DeletedRecords {
  std::vector<model::Package> packages;
  std::vector<model::Group> groups;
  std::vector<model::Hypervisor> hypervisors;
  std::vector<model::Server> servers;
};

/// Moves the package, group, hypervisor or server that the request's path names out of the world.
void delete_record(const api::Request& request, model::World& world, DeletedRecords& into);

/// Moves everything back. A record whose id somebody else has meanwhile stays away. A hypervisor
/// holds what its servers hold now; a server gets its addresses back as far as they are free.
void restore(DeletedRecords& from, model::World& world);

}  // namespace vfstock::mockpanel::faults
