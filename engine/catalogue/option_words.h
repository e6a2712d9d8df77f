// What a configurable option's name tells about itself. Options are named by people: one that is
// not read may be meant to be, and one that makes a VPS larger has no fixed name.
#pragma once

#include <string_view>

namespace vfstock::catalogue {

/// "Region", "Data centre", "location ": it may be meant to name hypervisor groups.
bool looks_like_location(std::string_view option);

/// What of a VPS the customer chooses in an option.
enum class Chosen { nothing, memory, cores, storage, storage_profile, ipv4, package };

/// "RAM" is memory, "vCPU" cores, "Extra storage" storage, "Storage type" the storage profile.
/// Anything but `nothing` may make a VPS larger than its package.
Chosen chosen_in(std::string_view option);

/// "Extra storage", "Additional IPv4": what is chosen comes on top of what the package has.
bool is_on_top(std::string_view option);

}  // namespace vfstock::catalogue
