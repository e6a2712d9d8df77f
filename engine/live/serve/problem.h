// What went wrong with a request, as RFC 9457 has it (application/problem+json).
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace vfstock::serve {

inline std::string problem(int status, const std::string& title, const std::string& detail) {
  const nlohmann::ordered_json document{
      {"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vfstock::serve
