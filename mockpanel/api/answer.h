// Answers in the panel's forms: JSON text as PHP writes it, and the error shapes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::api {

/// Keeps the order in which fields were added, as the panel's records do.
using Json = nlohmann::ordered_json;

/// Compact, slashes as "\/", everything beyond ASCII as "\uXXXX": what PHP's json_encode does
/// unless told otherwise, and the panel is a Laravel application that does not tell it otherwise.
std::string json_text(const Json& json);

Response json_answer(int status, const Json& body);
/// {"data": record}
Response record(int status, Json record);
/// {"errors": ["...", ...]}
Response errors(int status, const std::vector<std::string>& texts);
/// 404 {"msg": "WHAT not found"}
Response not_found(std::string_view what);

}  // namespace vfstock::mockpanel::api
