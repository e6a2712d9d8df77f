#include "mockpanel/faults/rule_json.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/route_check.h"
#include "mockpanel/faults/rule_parts_json.h"
#include "mockpanel/faults/rule_place.h"
#include "mockpanel/model/duration.h"

namespace vfstock::mockpanel::faults {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t header_bytes_max = 8192;
constexpr std::size_t pointer_bytes_max = 64;
constexpr std::size_t id_bytes_max = 64;

/// What a field's reader may need besides its value.
struct Draft {
  Rule rule;
  model::Time now{};
};

/// Ids are printed in many places, so they hold nothing that a terminal or a log could take for
/// more than a name; a request's path is one.
void read_id(const Place& at, Draft& draft) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const std::string id = at.text(id_bytes_max);
  constexpr std::string_view marks = " ._/?=&,#-";
  const bool good = (is_plain(id.front()) || id.front() == '/') &&
                    std::all_of(id.begin(), id.end(),
                                [&](char c) { return is_plain(c) || marks.find(c) != marks.npos; });
  if (!good) at.refuse("an id of letters, digits, blanks and any of ._/?=&,#-");
  draft.rule.id = id;
}

void read_kind(const Place& at, Draft& draft) {
  const Kind* const kind =
      at.value.is_string() ? Kind::find(at.value.get_ref<const std::string&>()) : nullptr;
  if (kind == nullptr) at.refuse(fmt::format("one of {}", fmt::join(kind_names(), ", ")));
  draft.rule.kind = kind;
}

void read_method(const Place& at, Draft& draft) {
  constexpr std::array<std::string_view, 4> methods{"GET", "POST", "PUT", "DELETE"};
  const bool known =
      at.value.is_string() && std::find(methods.begin(), methods.end(),
                                        at.value.get_ref<const std::string&>()) != methods.end();
  if (!known) at.refuse(fmt::format("one of {}", fmt::join(methods, ", ")));
  draft.rule.method = at.value.get<std::string>();
}

void read_path(const Place& at, Draft& draft) { draft.rule.path = at.text(text_bytes_max); }

void read_page(const Place& at, Draft& draft) { draft.rule.page = at.whole_number(1, ordinal_max); }

void read_nth(const Place& at, Draft& draft) { draft.rule.nth = at.whole_number(1, ordinal_max); }

void read_every(const Place& at, Draft& draft) {
  draft.rule.every = at.whole_number(1, ordinal_max);
}

void read_count(const Place& at, Draft& draft) {
  draft.rule.count = at.whole_number(1, ordinal_max);
}

void read_from(const Place& at, Draft& draft) { draft.rule.from = draft.now + at.duration(); }

void read_until(const Place& at, Draft& draft) {
  if (draft.rule.until) at.refuse("only one of \"until\" and \"for\"");
  draft.rule.until = draft.now + at.duration();
}

void read_probability(const Place& at, Draft& draft) {
  const bool good =
      at.value.is_number() && at.value.get<double>() >= 0 && at.value.get<double>() <= 1;
  if (!good) at.refuse("a number from 0 to 1");
  draft.rule.probability = at.value.get<double>();
}

void read_seed(const Place& at, Draft& draft) { draft.rule.seed = at.whole_number(0, ordinal_max); }

void read_status(const Place& at, Draft& draft) {
  draft.rule.status = static_cast<int>(at.whole_number(200, 599));
}

void read_body(const Place& at, Draft& draft) {
  const auto shape = at.value.is_string() ? body_shape_named(at.value.get_ref<const std::string&>())
                                          : std::nullopt;
  if (!shape) at.refuse("one of json, html, empty");
  draft.rule.body = *shape;
}

void read_header(const Place& at, const std::string& name, Draft& draft) {
  if (!is_header_name(name)) at.refuse("a header name of letters, digits and hyphens");
  if (frames_the_answer(name)) at.refuse("no header that frames the answer: the wire writes those");
  const bool good = at.value.is_string() &&
                    at.value.get_ref<const std::string&>().size() <= header_bytes_max &&
                    is_header_value(at.value.get_ref<const std::string&>());
  if (!good) at.refuse("a text without control characters");
  draft.rule.headers.emplace_back(name, at.value.get<std::string>());
}

void read_rule_delay(const Place& at, Draft& draft) { read_delay(at, draft.rule); }

void read_over(const Place& at, Draft& draft) { draft.rule.over = allowance_from(at); }

void read_where(const Place& at, Draft& draft) { draft.rule.where = where_from(at); }

void read_answer(const Place& at, Draft& draft) { draft.rule.answer = own_answer_from(at); }

void read_after(const Place& at, Draft& draft) {
  draft.rule.after = at.whole_number(1, ordinal_max);
}

void read_headers(const Place& at, Draft& draft) {
  if (!at.value.is_object()) at.refuse("an object of header names and texts");
  for (const auto& [name, unused] : at.value.items()) {
    read_header(at.member(name), name, draft);
  }
}

void read_field(const Place& at, Draft& draft) {
  const std::string pointer = at.text(pointer_bytes_max);
  try {
    draft.rule.field = Json::json_pointer(pointer).to_string();
  } catch (const Json::exception&) {
    at.refuse(R"(a JSON pointer such as "/data/memory")");
  }
  if (draft.rule.field->empty()) at.refuse("a JSON pointer to a value, not to the whole");
}

void read_value(const Place& at, Draft& draft) {
  draft.rule.value = at.whole_number(-ordinal_max, ordinal_max);
}

template <typename Named>
Named read_name(const Place& at, const char* key, std::optional<Named> (*find)(std::string_view),
                const char* expected) {
  const Place place = at.member(key);
  const auto found =
      place.value.is_string() ? find(place.value.get_ref<const std::string&>()) : std::nullopt;
  if (!found) place.refuse(expected);
  return *found;
}

void read_while(const Place& at, Draft& draft) {
  const bool whole = at.value.is_object() && at.value.size() == 3 && at.value.contains("record") &&
                     at.value.contains("id") && at.value.contains("is");
  if (!whole) at.refuse(R"(an object such as {"record": "package", "id": 7, "is": "disabled"})");
  RecordState state;
  state.record = read_name<RecordState::Record>(at, "record", record_named,
                                                "one of package, group, hypervisor, server");
  state.is =
      read_name<RecordState::Is>(at, "is", state_named, "one of there, gone, enabled, disabled");
  state.id = at.member("id").whole_number(1, id_max);
  draft.rule.while_ = state;
}

struct Field {
  std::string_view name;
  void (*read)(const Place&, Draft&);
};

constexpr std::array<Field, 24> fields{
    {{"id", read_id},           {"kind", read_kind},
     {"method", read_method},   {"after", read_after},
     {"over", read_over},       {"where", read_where},
     {"answer", read_answer},   {"path", read_path},
     {"page", read_page},       {"nth", read_nth},
     {"every", read_every},     {"count", read_count},
     {"from", read_from},       {"until", read_until},
     {"while", read_while},     {"probability", read_probability},
     {"seed", read_seed},       {"field", read_field},
     {"value", read_value},     {"for", read_until},
     {"status", read_status},   {"body", read_body},
     {"headers", read_headers}, {"delay", read_rule_delay}}};

const Field& field_named(const Place& at, std::string_view name) {
  const auto* const found = std::find_if(fields.begin(), fields.end(),
                                         [&](const Field& field) { return field.name == name; });
  if (found != fields.end()) return *found;
  std::vector<std::string_view> known;
  known.reserve(fields.size());
  for (const Field& field : fields) known.push_back(field.name);
  at.refuse(fmt::format("one of the fields {}", fmt::join(known, ", ")));
}

void put_if(Json& json, const char* key, const std::optional<std::int64_t>& number) {
  if (number) json[key] = *number;
}

void put_time(Json& json, const char* key, const std::optional<model::Time>& time,
              model::Time now) {
  if (time) json[key] = model::duration_text(std::max(*time - now, model::Time{0}));
}

}  // namespace

Rule rule_from_json(const Json& json, const std::string& pointer, model::Time now) {
  const Place whole{json, pointer};
  if (!json.is_object()) whole.refuse("an object that describes a fault");
  if (!json.contains("kind")) whole.refuse("a field \"kind\"");
  Draft draft{{}, now};
  for (const auto& [key, unused] : json.items()) {
    const Place at = whole.member(key);
    field_named(at, key).read(at, draft);
  }
  const Rule& rule = draft.rule;
  if (rule.until && *rule.until <= rule.from.value_or(now))
    whole.refuse("a window that ends after it begins");
  return std::move(draft.rule);
}

Json rule_to_json(const Rule& rule, model::Time now) {
  Json json = Json::object();
  if (!rule.id.empty()) json["id"] = rule.id;
  json["kind"] = rule.kind->name;
  if (rule.method) json["method"] = *rule.method;
  if (rule.path) json["path"] = *rule.path;
  put_if(json, "page", rule.page);
  put_where(json, rule.where);
  put_if(json, "after", rule.after);
  if (rule.over) put_allowance(json, *rule.over);
  put_if(json, "nth", rule.nth);
  put_if(json, "every", rule.every);
  put_if(json, "count", rule.count);
  put_time(json, "from", rule.from, now);
  put_time(json, "until", rule.until, now);
  if (rule.while_) {
    json["while"] = {{"record", name(rule.while_->record)},
                     {"id", rule.while_->id},
                     {"is", name(rule.while_->is)}};
  }
  if (rule.probability) {
    json["probability"] = *rule.probability;
    json["seed"] = rule.seed;
  }
  if (rule.field) json["field"] = *rule.field;
  put_if(json, "value", rule.value);
  if (rule.kind->name == "status") {
    json["status"] = rule.status;
    json["body"] = name(rule.body);
  }
  if (rule.answer) put_own_answer(json, *rule.answer);
  for (const auto& [key, value] : rule.headers) json["headers"][key] = value;
  put_delay(json, rule);
  return json;
}

void refuse_unreachable(const Rule& rule, const std::string& pointer) {
  if (!rule.path || can_match_a_route(*rule.path)) return;
  throw RuleError(fmt::format("{}/path: the panel has no such route; the nearest is {}", pointer,
                              nearest_route(*rule.path)));
}

}  // namespace vfstock::mockpanel::faults
