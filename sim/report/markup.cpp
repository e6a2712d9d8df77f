#include "sim/report/markup.h"

#include "sim/report/clean_text.h"

namespace vfstock::sim::report {
namespace {

/// How a character is written in markup; empty when it stands for itself.
std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\n':
      return "&#10;";
    case '\t':
      return "&#9;";
    default:
      return {};
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : clean(text)) {
    const std::string_view written = entity(c);
    if (written.empty()) safe += c;
    safe += written;
  }
  return safe;
}

}  // namespace vfstock::sim::report
