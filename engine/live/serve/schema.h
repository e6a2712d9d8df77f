// The API's description of itself (OpenAPI 3.1), as GET /v1/schema gives it.
#pragma once

#include <string_view>

namespace vfstock::serve {

std::string_view schema_text() noexcept;

}  // namespace vfstock::serve
