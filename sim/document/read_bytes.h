// The bytes of a file that a person named.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// What a regular file of at most `bytes_max` bytes holds. Throws DocumentError.
std::string read_bytes(const std::filesystem::path& file, std::size_t bytes_max = file_bytes_max);

}  // namespace vfstock::sim::document
