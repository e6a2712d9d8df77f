#include "engine/http/redact.h"

#include <algorithm>

#include "engine/base/secret_text.h"

namespace vfstock::http {

std::string redact(std::string text, std::string_view secret) {
  constexpr std::size_t bytes_max = 500;
  text = SecretText(secret).struck_out(text);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  if (text.size() > bytes_max) text.resize(bytes_max);
  return text;
}

}  // namespace vfstock::http
