// Where the panel is, as the absolute URLs in its answers say it.
#pragma once

#include <string>

#include "mockpanel/api/api.h"

namespace vfstock::mockpanel::api {

/// The base of absolute URLs in the answer to this request, without a slash at its end.
std::string base_url(const Request& request, const Options& options);

/// The path of the base, e.g. "/api/v1".
std::string base_path(const Options& options);

}  // namespace vfstock::mockpanel::api
