// Who asks, and what the token allows.
#pragma once

#include <optional>

#include "mockpanel/api/api.h"

namespace vfstock::mockpanel::api {

/// Null when the request may go on: 401 with an empty body for a missing or unknown token, 403 for
/// one that lacks `scope` (absent: any token will do).
std::optional<Response> refuse_caller(const Request& request, const Options& options,
                                      std::optional<Scope> scope);

}  // namespace vfstock::mockpanel::api
