// The bearer tokens that `vfstock panel` accepts, and what each may do.
#pragma once

#include <string>
#include <vector>

#include "mockpanel/api/api.h"

namespace vfstock::sim::cli {

/// One token a line: the secret, and behind a blank what it may do, e.g. "read-compute,servers";
/// without, it may do what `scopes` says (all when that is empty). Lines that are empty or begin
/// with '#' are none. Throws UsageError with file and line; a secret is never part of the message.
std::vector<mockpanel::api::Token> read_tokens(const std::string& file, const std::string& scopes);

}  // namespace vfstock::sim::cli
