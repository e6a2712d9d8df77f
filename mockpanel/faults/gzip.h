// Compression of answers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vfstock::mockpanel::faults {

/// As small as zlib makes it. Throws std::runtime_error when zlib has no memory.
std::string gzip(std::string_view plain);
/// The same of `size` times `byte`, which are never all in memory.
std::string gzip_of_many(char byte, std::size_t size);
/// The first half of what gzip() gives.
std::string half_gzip(std::string_view plain);
/// What a reader has got of `packed` when it ends there, though it should go on.
std::string unpacked(std::string_view packed);

}  // namespace vfstock::mockpanel::faults
