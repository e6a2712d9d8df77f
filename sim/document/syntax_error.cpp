#include "sim/document/syntax_error.h"

#include <algorithm>

namespace vfstock::sim::document {
namespace {

// "[json.exception.parse_error.101] parse error at line 1, column 2: WHAT; last read: 'TOKEN';
// expected X" becomes "WHAT; expected X".
std::string essence(std::string_view complaint) {
  constexpr std::string_view place = ", column ";
  if (const auto found = complaint.find(place); found != std::string_view::npos) {
    if (const auto colon = complaint.find(": ", found); colon != std::string_view::npos) {
      complaint.remove_prefix(colon + 2);
    }
  } else if (const auto bracket = complaint.find("] "); bracket != std::string_view::npos) {
    complaint.remove_prefix(bracket + 2);
  }
  const auto token = complaint.find("; last read: '");
  if (token == std::string_view::npos) return std::string(complaint);
  const auto expected = complaint.rfind("'; expected ");
  const bool has_expected = expected != std::string_view::npos && expected > token;
  return std::string(complaint.substr(0, token)) +
         (has_expected ? std::string(complaint.substr(expected + 1)) : std::string());
}

}  // namespace

std::string at_byte(const std::string& file, std::string_view text, std::size_t offset,
                    const std::string& message) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n');
  const auto column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1);
  return file + ":" + std::to_string(line) + ":" + std::to_string(column + 1) + ": " + message;
}

std::string syntax_error(const std::string& file, std::string_view text, std::size_t position,
                         std::string_view complaint) {
  constexpr std::string_view overflow = "number overflow";
  const bool too_large = complaint.find(overflow) != std::string_view::npos;
  return at_byte(
      file, text, position > 0 ? position - 1 : 0,
      too_large ? "a number is too large; 1.7e308 is about the most" : essence(complaint));
}

}  // namespace vfstock::sim::document
