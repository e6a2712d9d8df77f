#include "engine/panel/json_pointer.h"

namespace vfstock::panel {

void append_key(std::string& pointer, std::string_view key) {
  constexpr std::size_t shown_max = 40;
  pointer += '/';
  for (const char c : key.substr(0, shown_max)) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c >= ' ' && c <= '~' ? c : '?';
    }
  }
  if (key.size() > shown_max) pointer += "...";
}

}  // namespace vfstock::panel
