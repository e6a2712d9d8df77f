// Under which name a shop knows a panel: `tblservers.hostname` is a text filled by people.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::catalogue {

/// What two spellings of one panel have in common: without scheme, user, port, path, surrounding
/// blanks and closing dots, in lower case. " https://CP.example:443/ " is "cp.example", "[::1]:80"
/// and "::1" are "::1".
std::string panel_name(std::string_view host);

}  // namespace vfstock::catalogue
