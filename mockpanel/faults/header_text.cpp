#include "mockpanel/faults/header_text.h"

#include <algorithm>

namespace vfstock::mockpanel::faults {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool names_a_header(char c) noexcept {
  const char letter = lower(c);
  return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

bool is_header_name(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 100 &&
         std::all_of(text.begin(), text.end(), names_a_header);
}

bool is_header_value(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
}

bool frames_the_answer(std::string_view name) noexcept {
  return same_header(name, "Content-Length") || same_header(name, "Transfer-Encoding") ||
         same_header(name, "Connection");
}

bool same_header(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace vfstock::mockpanel::faults
