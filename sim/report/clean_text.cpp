#include "sim/report/clean_text.h"

#include <cstddef>
#include <cstdint>

namespace vfstock::sim::report {
namespace {

/// How many bytes a sequence with this first byte has; 0 when none begins so.
std::size_t sequence_bytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool may_be_shown(std::uint32_t character) {
  if (character == '\n' || character == '\t') return true;
  if (character < 0x20 || (character >= 0x7F && character < 0xA0)) return false;  // controls
  if (character >= 0xD800 && character <= 0xDFFF) return false;                   // surrogates
  return character != 0xFFFE && character != 0xFFFF && character <= 0x10FFFF;
}

/// The bytes of the character at the front of `text`; 0 when it has none that may be shown.
std::size_t shown_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = sequence_bytes(first);
  if (bytes == 0 || bytes > text.size()) return 0;
  std::uint32_t character = bytes == 1 ? first : first & (0x7FU >> bytes);
  for (const char c : text.substr(1, bytes - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xC0U) != 0x80U) return 0;
    character = character << 6U | (next & 0x3FU);
  }
  const bool overlong = (bytes == 3 && character < 0x800) || (bytes == 4 && character < 0x10000);
  return !overlong && may_be_shown(character) ? bytes : 0;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = shown_bytes(text);
    result += bytes == 0 ? "?" : text.substr(0, bytes);
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return result;
}

}  // namespace vfstock::sim::report
