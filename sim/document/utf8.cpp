#include "sim/document/utf8.h"

#include <algorithm>
#include <array>

namespace vfstock::sim::document {
namespace {

// A row of the table of well-formed byte sequences: which lead bytes it is for, how many bytes
// follow, and the narrower range of the first of them, which is what rules out overlong forms,
// surrogates and values beyond U+10FFFF.
struct Form {
  unsigned char lead_min, lead_max;
  std::size_t following;
  unsigned char second_min, second_max;
};
constexpr std::array<Form, 8> forms{{
    {0xC2, 0xDF, 1, 0x80, 0xBF},
    {0xE0, 0xE0, 2, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x80, 0xBF},
    {0xED, 0xED, 2, 0x80, 0x9F},
    {0xEE, 0xEF, 2, 0x80, 0xBF},
    {0xF0, 0xF0, 3, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x80, 0xBF},
    {0xF4, 0xF4, 3, 0x80, 0x8F},
}};

bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Bytes of the character that `text` starts with; 0 when it starts with none.
std::size_t character_bytes(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return 1;
  const auto form = std::find_if(forms.begin(), forms.end(), [lead](const Form& candidate) {
    return lead >= candidate.lead_min && lead <= candidate.lead_max;
  });
  if (form == forms.end() || text.size() <= form->following) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  if (second < form->second_min || second > form->second_max) return 0;
  const std::string_view rest = text.substr(2, form->following - 1);
  return std::all_of(rest.begin(), rest.end(), continues) ? form->following + 1 : 0;
}

}  // namespace

std::optional<std::size_t> malformed_utf8(std::string_view text) noexcept {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t bytes = character_bytes(text.substr(offset));
    if (bytes == 0) return offset;
    offset += bytes;
  }
  return std::nullopt;
}

std::size_t code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !continues(byte); }));
}

}  // namespace vfstock::sim::document
