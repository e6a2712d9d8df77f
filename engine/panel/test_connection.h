// Is this a panel, and may this token read what stock needs? A few requests, each with a verdict
// and, where it is bad, what to do about it.
#pragma once

#include <string>
#include <vector>

#include "engine/panel/answer.h"
#include "engine/panel/transport.h"

namespace vfstock::panel {

struct ConnectionStep {
  bool good = false;
  std::string text;  // one sentence for people; never a secret
};

/// GET /connect, and where that is good what a sweep asks for, each with a scope of the token's:
/// GET /compute/hypervisors/groups?results=1 and GET /packages.
std::vector<ConnectionStep> test_connection(Transport& transport, const Patience& patience,
                                            Milliseconds budget);

}  // namespace vfstock::panel
