// JSON pointers (RFC 6901) for error texts: "/data/3/resources/memory/max".
#pragma once

#include <string>
#include <string_view>

namespace vfstock::panel {

/// Appends "/" and `key` with "~" and "/" escaped. Long keys are cut and bytes outside printable
/// ASCII become "?": keys may come from anybody, and the text goes to logs.
void append_key(std::string& pointer, std::string_view key);

}  // namespace vfstock::panel
