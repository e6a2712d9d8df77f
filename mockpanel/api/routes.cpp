#include "mockpanel/api/routes.h"

#include <algorithm>
#include <charconv>

namespace vfstock::mockpanel::api {
namespace {

/// Cuts the first segment, with its slash, off the path.
std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/', 1));
  path.remove_prefix(segment.size());
  return segment;
}

std::int64_t id_from(std::string_view digits) {
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return -1;
  std::int64_t id = -1;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return error == std::errc() ? id : -1;
}

}  // namespace

PathMatch match_path(std::string_view pattern, std::string_view path) {
  PathMatch match;
  int variables = 0;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (expected.starts_with("/{") && segment.size() > 1) {
      (variables++ == 0 ? match.id : match.other) = id_from(segment.substr(1));
    } else if (expected != segment) {
      return {};
    }
  }
  match.matches = pattern.empty() && path.empty();
  return match;
}

}  // namespace vfstock::mockpanel::api
