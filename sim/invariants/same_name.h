// Names that are written in any case: of headers, of hosts, of an order's status.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace vfstock::sim::invariants {

inline std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// Whether `written` is `lower`, which is in lower case.
inline bool same_name(std::string_view written, std::string_view lower) {
  return std::equal(written.begin(), written.end(), lower.begin(), lower.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

}  // namespace vfstock::sim::invariants
