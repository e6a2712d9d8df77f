// Files that hold what a shop or a panel said: for their owner alone.
#pragma once

#include <string>

namespace vfstock::sim::cli {

/// As OutputFile. Throws UsageError, WriteFailure.
void write_whole_file(const std::string& file, const std::string& text);

}  // namespace vfstock::sim::cli
