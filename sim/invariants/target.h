// What a request of the engine asked about, read from its target.
#pragma once

#include <cstdint>
#include <string_view>

namespace vfstock::sim::invariants {

struct Target {
  enum class About { package, packages, group, connection, other };
  About about = About::other;
  std::int64_t id = 0;    // of the package or group
  std::int64_t page = 1;  // of a group; a client that does not page reads the first
};

/// "/packages/7", "/packages", "/compute/hypervisors/groups/1/resources?results=200&page=2",
/// "/connect".
Target read_target(std::string_view target);

}  // namespace vfstock::sim::invariants
