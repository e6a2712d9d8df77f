#include "mockpanel/api/answer.h"

#include <utility>

namespace vfstock::mockpanel::api {

std::string json_text(const Json& json) {
  const std::string plain = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  std::string text;
  text.reserve(plain.size() + plain.size() / 16);
  // Outside of strings JSON has no slash, so each one found is part of a string.
  std::size_t from = 0;
  for (std::size_t slash = plain.find('/'); slash != std::string::npos;
       slash = plain.find('/', slash + 1)) {
    text.append(plain, from, slash - from).push_back('\\');
    from = slash;
  }
  return text.append(plain, from);
}

Response json_answer(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, json_text(body)};
}

Response record(int status, Json record) {
  Json body = Json::object();
  body["data"] = std::move(record);
  return json_answer(status, body);
}

Response errors(int status, const std::vector<std::string>& texts) {
  return json_answer(status, Json{{"errors", texts}});
}

Response not_found(std::string_view what) {
  return json_answer(404, Json{{"msg", std::string(what) + " not found"}});
}

}  // namespace vfstock::mockpanel::api
