// Made-up server UUIDs: a function of the id, so that a replayed world has the same ones.
#pragma once

#include <cstdint>
#include <string>

namespace vfstock::mockpanel::model {

/// A version 4 UUID in lower case; the same for the same id, different for different ids.
std::string uuid_of(std::int64_t server);

}  // namespace vfstock::mockpanel::model
