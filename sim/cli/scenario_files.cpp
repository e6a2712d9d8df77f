#include "sim/cli/scenario_files.h"

#include <algorithm>

#include "sim/document/document.h"

namespace vfstock::sim::cli {

namespace fs = std::filesystem;

namespace {

bool is_scenario(const fs::path& path, const fs::path& folder) {
  if (path.extension() != ".json" || path.stem().extension() == ".schema") return false;
  for (const fs::path& part : path.parent_path().lexically_relative(folder)) {
    if (part == "fleets" || part == "plans") return false;
  }
  return true;
}

std::vector<fs::path> in_folder(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && is_scenario(entry.path(), folder)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  if (found.empty()) {
    throw document::DocumentError(folder.string() + ": holds no scenario (a *.json file)");
  }
  return found;
}

}  // namespace

std::vector<fs::path> scenario_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& text : paths) {
    const fs::path path = text;
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw document::DocumentError(text + ": there is no such file or folder");
    }
    if (fs::is_directory(path)) {
      const auto found = in_folder(path);
      files.insert(files.end(), found.begin(), found.end());
    } else {
      files.push_back(path);
    }
  }
  return files;
}

}  // namespace vfstock::sim::cli
