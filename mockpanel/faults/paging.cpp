#include "mockpanel/faults/paging.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "mockpanel/api/answer.h"

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;

constexpr std::int64_t pages_without_end = 1'000'000;
constexpr std::int64_t clamped_results = 5;

void set_query(api::Request& request, std::string_view name, std::int64_t number) {
  const auto found = std::find_if(request.query.begin(), request.query.end(),
                                  [&](const auto& field) { return field.first == name; });
  if (found == request.query.end()) {
    request.query.emplace_back(name, std::to_string(number));
  } else {
    found->second = std::to_string(number);
  }
}

/// The lists of one request, page by page.
class List {
 public:
  List(const api::Request& request, const Desk& desk)
      : request_(request), desk_(desk), response_(ask(request)), asked_(document(response_)) {}

  const api::Response& right() const { return response_; }
  bool is_paged() const {
    return asked_.is_object() && asked_.contains("data") && asked_["data"].is_array() &&
           asked_.contains("current_page") && asked_.contains("total");
  }
  const Json& asked() const { return asked_; }
  std::int64_t number(const char* field) const { return asked_[field].get<std::int64_t>(); }
  /// The records of another page; none where there is no such page.
  Json records(std::int64_t page) const {
    api::Request other = request_;
    set_query(other, "page", page);
    const Json found = document(ask(other));
    return found.is_object() && found.contains("data") ? found["data"] : Json::array();
  }
  api::Response ask(const api::Request& request) const {
    return desk_.api.handle(request, desk_.now, desk_.wall);
  }
  api::Response with(const Json& changed) const {
    api::Response response = response_;
    response.body = api::json_text(changed);
    return response;
  }

 private:
  static Json document(const api::Response& response) {
    if (response.status != 200) return {};
    return Json::parse(response.body, nullptr, false);
  }

  const api::Request& request_;
  const Desk& desk_;
  api::Response response_;
  Json asked_;
};

api::Response page_repeated(const List& list) {
  const std::int64_t page = list.number("current_page");
  if (page < 2) return list.right();
  Json changed = list.asked();
  changed["data"] = list.records(page - 1);
  return list.with(changed);
}

/// Everything has moved up by one: a record is told of on no page.
api::Response items_drift(const List& list) {
  const std::int64_t page = list.number("current_page");
  if (page < 2) return list.right();
  Json changed = list.asked();
  Json& data = changed["data"];
  if (!data.empty()) data.erase(data.begin());
  const Json next = list.records(page + 1);
  if (!next.empty()) data.push_back(next.front());
  const std::int64_t total = std::max<std::int64_t>(0, list.number("total") - 1);
  const std::int64_t each = std::max<std::int64_t>(1, list.number("per_page"));
  changed["total"] = total;
  changed["last_page"] = std::max<std::int64_t>(1, (total + each - 1) / each);
  return list.with(changed);
}

/// The id of the record at its outer level, wherever this kind of list has it.
Json& id_of(Json& record) {
  return record.contains("hypervisor") && record["hypervisor"].is_object()
             ? record["hypervisor"]["id"]
             : record["id"];
}

api::Response endless_pages(const List& list) {
  const std::int64_t page = list.number("current_page");
  const std::int64_t each = list.number("per_page");
  const Json pattern = list.records(1);
  Json changed = list.asked();
  Json& data = changed["data"];
  for (std::int64_t i = static_cast<std::int64_t>(data.size()); i < each && !pattern.empty(); ++i) {
    Json record = pattern[static_cast<std::size_t>(i) % pattern.size()];
    id_of(record) = pages_without_end * page + i;
    data.push_back(std::move(record));
  }
  changed["last_page"] = pages_without_end;
  changed["total"] = pages_without_end * each;
  changed["from"] = (page - 1) * each + 1;
  changed["to"] = page * each;
  return list.with(changed);
}

api::Response results_ignored(const api::Request& request, const List& list) {
  api::Request ignorant = request;
  std::erase_if(ignorant.query, [](const auto& field) { return field.first == "results"; });
  return list.ask(ignorant);
}

api::Response results_clamped(const Rule& rule, const api::Request& request, const List& list) {
  api::Request clamped = request;
  set_query(
      clamped, "results",
      std::clamp<std::int64_t>(rule.value.value_or(clamped_results), 1, list.number("per_page")));
  return list.ask(clamped);
}

}  // namespace

api::Response paged_wrongly(const Rule& rule, const api::Request& request, const Desk& desk) {
  const List list(request, desk);
  if (!list.is_paged()) return list.right();
  switch (rule.kind) {
    case Kind::page_repeated:
      return page_repeated(list);
    case Kind::items_drift:
      return items_drift(list);
    case Kind::endless_pages:
      return endless_pages(list);
    case Kind::results_ignored:
      return results_ignored(request, list);
    case Kind::results_clamped:
      return results_clamped(rule, request, list);
    default:
      return list.right();
  }
}

}  // namespace vfstock::mockpanel::faults
