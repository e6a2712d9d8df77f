// Asks an Api as a well-behaved client does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "mockpanel/api/api.h"

namespace vfstock::mockpanel::api {

using Json = nlohmann::ordered_json;

inline const std::string created_at = "2025-01-20T14:00:47+00:00";

inline Request request(std::string method, std::string_view target, std::string body = {}) {
  Request made;
  made.method = std::move(method);
  set_target(made, target);
  made.headers = {{"Authorization", "Bearer any"}, {"Accept", "application/json"}};
  made.body = std::move(body);
  return made;
}

inline Response ask(Api& api, std::string method, std::string_view target, std::string body = {},
                    model::Time now = {}) {
  return api.handle(request(std::move(method), target, std::move(body)), now, created_at);
}

inline Json get(Api& api, std::string_view target) {
  return Json::parse(ask(api, "GET", target).body);
}

/// The field names in their order, as one line.
inline std::string keys(const Json& object) {
  std::string line;
  for (const auto& [key, value] : object.items()) line += (line.empty() ? "" : " ") + key;
  return line;
}

/// The type of each field in order: i integer, f fraction, s string, b boolean, n null, a array,
/// o object.
inline std::string types(const Json& object) {
  std::string line;
  for (const auto& [key, value] : object.items()) {
    line += value.is_number_integer() ? 'i'
            : value.is_number_float() ? 'f'
            : value.is_string()       ? 's'
            : value.is_boolean()      ? 'b'
            : value.is_null()         ? 'n'
            : value.is_array()        ? 'a'
                                      : 'o';
  }
  return line;
}

}  // namespace vfstock::mockpanel::api
