// Text from scenarios, panels and file names made harmless before it is shown.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::sim::report {

/// `text` with every byte that is not UTF-8, and every control character but newline and tab,
/// replaced by "?": a terminal obeys no escape sequence in it, and XML may carry it.
std::string clean(std::string_view text);

}  // namespace vfstock::sim::report
