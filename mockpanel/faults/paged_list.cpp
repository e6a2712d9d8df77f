#include "mockpanel/faults/paged_list.h"

#include <algorithm>
#include <string>

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;

Json page_document(const api::Response& response) {
  if (response.status != 200) return {};
  return Json::parse(response.body, nullptr, false);
}

}  // namespace

PagedList::PagedList(const api::Request& request, const Desk& desk)
    : request_(request), desk_(desk), response_(ask(request)), asked_(page_document(response_)) {}

bool PagedList::is_paged() const {
  return asked_.is_object() && asked_.contains("data") && asked_["data"].is_array() &&
         asked_.contains("current_page") && asked_.contains("total");
}

Json PagedList::records(std::int64_t page) const {
  api::Request other = request_;
  set_query(other, "page", page);
  const Json found = page_document(ask(other));
  return found.is_object() && found.contains("data") ? found["data"] : Json::array();
}

api::Response PagedList::ask(const api::Request& request) const {
  return desk_.api.handle(request, desk_.now, desk_.wall);
}

api::Response PagedList::with(const Json& changed) const {
  api::Response response = response_;
  response.body = api::json_text(changed);
  return response;
}

api::Response answer_paged(const Rule& rule, const api::Request& request, const Desk& desk,
                           api::Response (*take_apart)(const Rule&, const api::Request&,
                                                       const PagedList&)) {
  if (request.method != "GET") return desk.api.handle(request, desk.now, desk.wall);
  const PagedList list(request, desk);
  return list.is_paged() ? take_apart(rule, request, list) : list.right();
}

void set_query(api::Request& request, std::string_view name, std::int64_t number) {
  const auto found = std::find_if(request.query.begin(), request.query.end(),
                                  [&](const auto& field) { return field.first == name; });
  if (found == request.query.end()) {
    request.query.emplace_back(name, std::to_string(number));
  } else {
    found->second = std::to_string(number);
  }
}

}  // namespace vfstock::mockpanel::faults
