// Compression of answers.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::mockpanel::faults {

/// As small as zlib makes it. Throws std::runtime_error when zlib has no memory.
std::string gzip(std::string_view plain);
/// The first half of that.
std::string half_gzip(std::string_view plain);
/// What a reader has got of `packed` when it ends there, though it should go on.
std::string unpacked(std::string_view packed);

}  // namespace vfstock::mockpanel::faults
