// The mock panel's answer to one request under a fault: the right answer, the right answer to
// another question, or one from another state, and then spoiled as the kind says.
#pragma once

#include <string>

#include "mockpanel/api/api.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/rule.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

/// The panel that answers; `world` is the one that `api` answers from.
struct Desk {
  api::Api& api;
  model::World& world;
  model::Time now;
  const std::string& wall;  // as Api::handle() takes it
};

/// What is delivered for `request` when `rule` (may be null) fires. A request that the kind does
/// not carry out changes nothing.
Delivery answer(const Rule* rule, const api::Request& request, const Desk& desk);

}  // namespace vfstock::mockpanel::faults
