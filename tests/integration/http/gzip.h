// Gzip as a server would send it.
#pragma once

#include <string>

namespace vfstock::http::testing {

std::string gzip(const std::string& plain);

}  // namespace vfstock::http::testing
