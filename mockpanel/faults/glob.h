// Path patterns of fault rules: '*' stands for any run of characters but '/', "**" for any run at
// all.
//
// Everything else stands for itself, letter case included. Costs at most the product of both
// lengths, whatever the pattern. Pure.
#pragma once

#include <string_view>

namespace vfstock::mockpanel::faults {

/// Whether `pattern` describes the whole of `path`.
bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace vfstock::mockpanel::faults
