// Form bodies as PHP reads them: name=value pairs whose names may build arrays ("sshKeys[]=1").
#pragma once

#include <string_view>

#include "mockpanel/api/answer.h"

namespace vfstock::mockpanel::api {

/// application/x-www-form-urlencoded. Values stay text. "a[]" appends to a list, "a[x]" sets a key;
/// of a name given twice the last value stands. Beyond PHP's own limits (1000 fields, 64 levels)
/// fields are dropped.
Json read_form(std::string_view text);

/// multipart/form-data with the boundary that `content_type` names. Files are no fields.
Json read_multipart(std::string_view text, std::string_view content_type);

}  // namespace vfstock::mockpanel::api
