#include "mockpanel/faults/answer_json.h"

#include <cstddef>
#include <utility>

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;

/// No answer of the panel holds these; both survive being written as JSON unescaped.
constexpr std::string_view raw_begins = "<raw:", raw_ends = ":raw>", again = "<again>";

void replace_all(std::string& text, const std::string& what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
  }
}

}  // namespace

void edit_document(Delivery& delivery, const std::function<void(Json&)>& edit) {
  Json document = Json::parse(delivery.response.body, nullptr, false);
  if (!document.is_structured()) return;
  edit(document);
  delivery.response.body = api::json_text(document);
}

Json raw_text(std::string_view text) {
  return std::string(raw_begins).append(text).append(raw_ends);
}

std::string second_key(std::string_view key) { return std::string(again).append(key); }

void let_raw_text_in(Delivery& delivery) {
  std::string& body = delivery.response.body;
  replace_all(body, "\"" + std::string(raw_begins), "");
  replace_all(body, std::string(raw_ends) + "\"", "");
  replace_all(body, std::string(again), "");
}

void for_each_object(Json& json, const std::function<void(Json&)>& visit) {
  if (json.is_object()) visit(json);
  if (!json.is_structured()) return;
  for (Json& child : json) for_each_object(child, visit);
}

}  // namespace vfstock::mockpanel::faults
