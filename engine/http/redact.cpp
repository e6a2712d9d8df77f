#include "engine/http/redact.h"

#include <algorithm>

namespace vfstock::http {

std::string redact(std::string text, std::string_view secret) {
  constexpr std::size_t bytes_max = 500;
  constexpr std::string_view shown = "[token]";
  if (!secret.empty()) {
    auto at = text.find(secret);
    while (at != std::string::npos) {
      text.replace(at, secret.size(), shown);
      at = text.find(secret, at + shown.size());
    }
  }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  if (text.size() > bytes_max) text.resize(bytes_max);
  return text;
}

}  // namespace vfstock::http
