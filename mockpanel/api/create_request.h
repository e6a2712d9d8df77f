// Reads the body of POST /servers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// Either a request or why not, one sentence per problem.
struct CreateReading {
  model::CreateRequest request;
  std::vector<std::string> problems;
  /// Fields that no create knows; a problem for strict callers only.
  std::vector<std::string> unknown;
};

/// packageId, userId and hypervisorId (which names a hypervisor group) are required; the others
/// override the package. Additional disks count where their Enable is true.
CreateReading read_create_request(std::string_view body);

}  // namespace vfstock::mockpanel::api
