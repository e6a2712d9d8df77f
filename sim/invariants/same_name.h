// Names that are written in any case: of headers, of an order's status.
#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace vfstock::sim::invariants {

/// Whether `written` is `lower`, which is in lower case.
inline bool same_name(std::string_view written, std::string_view lower) {
  return std::equal(written.begin(), written.end(), lower.begin(), lower.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

}  // namespace vfstock::sim::invariants
