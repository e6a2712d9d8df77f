// A C++ file as the rules read it: its lines as they are, its code without comments and literals,
// and its comments without code, so that a word in a string is neither a call nor a note.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vfstock::tidy {

struct SourceFile {
  std::string path;                   // from the top of the tree, e.g. "engine/panel/panel.h"
  std::vector<std::string> lines;     // as they are, without line ends
  std::vector<std::string> code;      // the same lines, comments and contents of literals blanked
  std::vector<std::string> comments;  // the same lines, all but the text of comments blanked
};

SourceFile source_file(std::string path, std::string_view text);

/// The C++ files of the product and its tests below `tree`, in the order of their paths. Throws
/// std::runtime_error when one cannot be read.
std::vector<SourceFile> source_files(const std::filesystem::path& tree);

}  // namespace vfstock::tidy
