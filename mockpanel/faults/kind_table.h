// The table of all kinds of fault, made at configure time of the files in kinds/.
#pragma once

#include <span>

#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults {

/// In the order of their files.
std::span<const Kind* const> kind_table();

}  // namespace vfstock::mockpanel::faults
