// What a request of the engine asked about, read from its target.
#pragma once

#include <cstdint>
#include <string_view>

namespace vfstock::sim::invariants {

struct Target {
  enum class About {
    package,
    packages,  // the list of packages
    group,
    connection,
    blocks,          // the list of address blocks
    bound_to_block,  // the hypervisors of one block
    hypervisors,     // the list of all hypervisors
    other,
  };
  About about = About::other;
  std::int64_t id = 0;    // of the package, group or block
  std::int64_t page = 1;  // of a group or list; a client that does not page reads the first
};

/// "/packages/7", "/packages", "/compute/hypervisors/groups/1/resources?results=200&page=2",
/// "/connect".
Target read_target(std::string_view target);

}  // namespace vfstock::sim::invariants
