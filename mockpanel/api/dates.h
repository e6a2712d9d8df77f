// The panel writes one moment in several ways. All take "2025-01-20T14:00:47+00:00" or the like,
// of which the first 19 characters count, in UTC.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::mockpanel::api {

/// "2025-01-20T14:00:47+00:00"
std::string with_offset(std::string_view moment);
/// "2025-01-20T14:00:47.000000Z"
std::string with_fraction(std::string_view moment);
/// "2025-01-20 14:00:47"
std::string with_blank(std::string_view moment);
/// The moment a minute later, as with_fraction(); the same one when it cannot be read.
std::string a_minute_after(std::string_view moment);

}  // namespace vfstock::mockpanel::api
