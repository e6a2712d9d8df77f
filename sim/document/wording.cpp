#include "sim/document/wording.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vfstock::sim::document {
namespace {

constexpr std::size_t shown_bytes_max = 60;

// Cuts between characters, never within one.
std::string shortened(const std::string& text) {
  if (text.size() <= shown_bytes_max) return text;
  std::size_t end = shown_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

std::string in_words(const Json& value) {
  if (value.is_string()) return "\"" + shortened(value.get_ref<const std::string&>()) + "\"";
  if (value.is_array()) return "an array of " + std::to_string(value.size());
  if (value.is_object()) return "an object of " + counted(value.size(), "field");
  return value.dump();
}

std::string type_in_words(const std::string& type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> words{{
      {"null", "null"},
      {"boolean", "true or false"},
      {"integer", "a whole number"},
      {"number", "a number"},
      {"string", "text"},
      {"array", "an array"},
      {"object", "an object"},
  }};
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&type](const auto& entry) { return entry.first == type; });
  return found == words.end() ? type : std::string(found->second);
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string either(const std::vector<std::string>& alternatives) {
  std::string list;
  for (std::size_t index = 0; index < alternatives.size(); ++index) {
    if (index > 0) list += index + 1 == alternatives.size() ? " or " : ", ";
    list += alternatives[index];
  }
  return list;
}

}  // namespace vfstock::sim::document
