// What a configurable option's name tells about itself, for checks that warn: options are named by
// people, and one that is not read may be meant to be.
#pragma once

#include <string_view>

namespace vfstock::catalogue {

/// "Region", "Data centre", "location ": it may be meant to name hypervisor groups.
bool looks_like_location(std::string_view option);

/// "Memory", "CPU cores", "Extra storage", "IPv4 addresses", "Package": what the customer chooses
/// there may make a VPS larger than its package.
bool looks_like_override(std::string_view option);

}  // namespace vfstock::catalogue
