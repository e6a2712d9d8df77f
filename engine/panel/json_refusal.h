// Why a text is refused as JSON, and where. parse_json decides; this finds the words for it, in a
// second reading that only refused texts cost.
#pragma once

#include <string_view>

#include "engine/panel/unreadable.h"

namespace vfstock::panel {

/// `text` is one that parse_json refuses under `nesting`. Never quotes it.
Unreadable json_refusal(std::string_view text, int nesting);

}  // namespace vfstock::panel
