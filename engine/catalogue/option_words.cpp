#include "engine/catalogue/option_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "engine/base/text.h"

namespace vfstock::catalogue {
namespace {

constexpr bool is_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }

/// Whether one of the words begins in the name; a short one must be a word of its own.
bool names_any(std::string_view option, std::span<const std::string_view> words) {
  constexpr std::size_t short_word = 3;
  const std::string name = lower(option);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    for (auto at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool ends = end == name.size() || !is_letter(name[end]);
      const bool begins = at == 0 || !is_letter(name[at - 1]);
      if (begins && (ends || word.size() > short_word)) return true;
    }
    return false;
  });
}

}  // namespace

bool looks_like_location(std::string_view option) {
  constexpr std::array<std::string_view, 7> words{
      "location", "region", "datacent", "data cent", "standort", "hypervisor group", "country"};
  return names_any(option, words);
}

bool looks_like_override(std::string_view option) {
  constexpr std::array<std::string_view, 9> words{
      "memory", "ram", "core", "cpu", "storage", "disk", "ipv4", "package", "ip address"};
  return names_any(option, words);
}

}  // namespace vfstock::catalogue
