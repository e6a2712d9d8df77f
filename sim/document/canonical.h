// One text for all JSON values that JSON Schema calls equal.
#pragma once

#include <string>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// Equal values have the same text and unequal ones another: 1 and 1.0 are equal, the order of an
/// object's fields counts for nothing, 1 and true differ.
std::string canonical(const Json& value);

}  // namespace vfstock::sim::document
