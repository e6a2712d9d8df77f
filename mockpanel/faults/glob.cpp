#include "mockpanel/faults/glob.h"

#include <cstddef>
#include <vector>

namespace vfstock::mockpanel::faults {
namespace {

/// `reached[i]`: the pattern read so far describes the first i characters of the path.
using Reached = std::vector<char>;

Reached after_run(const Reached& before, std::string_view path, bool crosses_slashes) {
  Reached after = before;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (after[i] && (crosses_slashes || path[i] != '/')) after[i + 1] = 1;
  }
  return after;
}

Reached after_character(const Reached& before, std::string_view path, char wanted) {
  Reached after(before.size(), 0);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (before[i] && path[i] == wanted) after[i + 1] = 1;
  }
  return after;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  const std::size_t plain = pattern.find('*');
  if (plain == std::string_view::npos) return pattern == path;
  if (!path.starts_with(pattern.substr(0, plain))) return false;
  pattern.remove_prefix(plain);
  path.remove_prefix(plain);
  Reached reached(path.size() + 1, 0);
  reached[0] = 1;
  while (!pattern.empty()) {
    if (pattern.starts_with("**")) {
      reached = after_run(reached, path, true);
      pattern.remove_prefix(2);
    } else if (pattern.front() == '*') {
      reached = after_run(reached, path, false);
      pattern.remove_prefix(1);
    } else {
      reached = after_character(reached, path, pattern.front());
      pattern.remove_prefix(1);
    }
  }
  return reached[path.size()] != 0;
}

}  // namespace vfstock::mockpanel::faults
