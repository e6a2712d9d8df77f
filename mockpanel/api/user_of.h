// Users by the shop's own number for its client.
#pragma once

#include <cstdint>

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// Null when no user has this number.
model::User* user_by_relation(model::World& world, std::int64_t relation);

/// 404 in the words that clients compare to tell a new customer from a wrong URL.
Response no_such_relation();

}  // namespace vfstock::mockpanel::api
