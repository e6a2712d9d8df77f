// Secrets that stand in files: read once, bounded, from regular files alone.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace vfstock::sim::cli {

/// The first line of the file that --`option` names, without what ends it. What stands in a file
/// that others can read is no secret any more: `talk` is told. Throws UsageError.
std::string secret_line(const std::string& option, const std::string& file, std::ostream& talk);

/// All its lines, at least one and at most `lines_max`; blank ones and those that begin with # do
/// not count.
std::vector<std::string> secret_lines(const std::string& option, const std::string& file,
                                      std::size_t lines_max, std::ostream& talk);

}  // namespace vfstock::sim::cli
