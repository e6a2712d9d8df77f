// Which files `replay` runs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace vfstock::sim::cli {

/// The scenarios among files and folders, each folder's by path in byte order, subfolders included.
/// In folders, *.schema.json and what lies under fleets/ and plans/ are no scenarios; a file that
/// is named is taken as it is. Throws document::DocumentError for a path that does not exist and
/// for a folder without any scenario.
std::vector<std::filesystem::path> scenario_files(const std::vector<std::string>& paths);

}  // namespace vfstock::sim::cli
