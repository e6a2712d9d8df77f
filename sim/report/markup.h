// Escaping of text for markup, shared by the XML and HTML reports.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::sim::report {

/// Safe as element text and in double quotes, where a line break is kept, too. What no markup may
/// carry (see clean_text.h) becomes "?".
std::string escaped(std::string_view text);

}  // namespace vfstock::sim::report
