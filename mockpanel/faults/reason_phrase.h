// The words behind a status code, as nginx and Laravel write them.
#pragma once

#include <string_view>

namespace vfstock::mockpanel::faults {

/// "Not Found" for 404; "Unknown" for a code without a name of its own. Never empty.
std::string_view reason_phrase(int status) noexcept;

}  // namespace vfstock::mockpanel::faults
