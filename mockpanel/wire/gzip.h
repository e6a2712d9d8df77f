// Compression of answers.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::mockpanel::wire {

/// As small as zlib makes it. Throws std::runtime_error when zlib has no memory.
std::string gzip(std::string_view plain);

}  // namespace vfstock::mockpanel::wire
