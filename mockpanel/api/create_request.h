// The body of POST /servers.
#pragma once

#include <span>

#include "mockpanel/api/body.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// packageId, userId and hypervisorId (which names a hypervisor group) are required; the others
/// override the package.
std::span<const BodyField> create_fields();

/// What a body without problems asks for. Additional disks count where their Enable is true.
model::CreateRequest create_request(const Body& body);

}  // namespace vfstock::mockpanel::api
