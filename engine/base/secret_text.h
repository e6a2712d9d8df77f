// A secret in the texts of others: whoever echoes it may have written it another way first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vfstock {

class SecretText {
 public:
  /// An empty secret is nowhere.
  explicit SecretText(std::string_view secret);

  /// `text` with "[token]" in place of the secret, wherever it stands as it is, with any of its
  /// bytes escaped as in JSON, a URL or HTML, or in base64 (also as a part of what was encoded).
  std::string struck_out(std::string_view text) const;

 private:
  std::vector<std::string> spellings_;  // the secret, and its base64 at each of three offsets
};

}  // namespace vfstock
