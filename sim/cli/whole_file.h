// Files that hold what a shop or a panel said: written whole or not at all, for their owner alone.
#pragma once

#include <string>

namespace vfstock::sim::cli {

/// Replaces the file in one step. Throws document::DocumentError.
void write_whole_file(const std::string& file, const std::string& text);

}  // namespace vfstock::sim::cli
