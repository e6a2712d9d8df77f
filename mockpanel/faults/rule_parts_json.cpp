#include "mockpanel/faults/rule_parts_json.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mockpanel/api/answer.h"
#include "mockpanel/model/duration.h"

namespace vfstock::mockpanel::faults {
namespace {

using PartJson = nlohmann::ordered_json;

constexpr std::size_t answer_bytes_max = std::size_t{64} * 1024;
constexpr const char* json_content = "application/json";
constexpr const char* text_content = "text/plain; charset=UTF-8";

/// In the order of Allowance::Per.
constexpr std::array<std::string_view, 3> callers{"token", "address", "all"};

/// An object with exactly these fields.
bool has_exactly(const PartJson& json, std::initializer_list<const char*> keys) {
  return json.is_object() && json.size() == keys.size() &&
         std::all_of(keys.begin(), keys.end(), [&](const char* key) { return json.contains(key); });
}

Allowance::Per caller_from(const Place& at) {
  const auto* const found = at.value.is_string() ? std::find(callers.begin(), callers.end(),
                                                             at.value.get_ref<const std::string&>())
                                                 : callers.end();
  if (found == callers.end()) at.refuse("one of token, address, all");
  return static_cast<Allowance::Per>(found - callers.begin());
}

api::Fields patterns_from(const Place& at) {
  if (!at.value.is_object() || at.value.empty()) at.refuse("an object of names and patterns");
  api::Fields fields;
  for (const auto& [name, unused] : at.value.items()) {
    fields.emplace_back(name, at.member(name).text(text_bytes_max));
  }
  return fields;
}

void put_patterns(PartJson& json, const char* key, const api::Fields& fields) {
  for (const auto& [name, pattern] : fields) json[key][name] = pattern;
}

std::chrono::milliseconds positive(const Place& at) {
  const auto read = at.duration();
  if (read.count() <= 0) at.refuse("a duration above 0");
  return read;
}

}  // namespace

Allowance allowance_from(const Place& at) {
  const bool whole = has_exactly(at.value, {"requests", "window"}) ||
                     has_exactly(at.value, {"requests", "window", "per"});
  if (!whole) at.refuse(R"(an object such as {"requests": 20, "window": "60s", "per": "token"})");
  Allowance allowance;
  allowance.requests = at.member("requests").whole_number(0, ordinal_max);
  allowance.window = positive(at.member("window"));
  if (at.value.contains("per")) allowance.per = caller_from(at.member("per"));
  return allowance;
}

Where where_from(const Place& at) {
  if (!at.value.is_object() || at.value.empty()) {
    at.refuse(R"(an object of "headers", "query" and "body")");
  }
  Where where;
  for (const auto& [part, unused] : at.value.items()) {
    const Place here = at.member(part);
    if (part == "headers") {
      where.headers = patterns_from(here);
    } else if (part == "query") {
      where.query = patterns_from(here);
    } else if (part == "body") {
      where.body = patterns_from(here);
    } else {
      here.refuse("one of headers, query, body");
    }
  }
  return where;
}

OwnAnswer own_answer_from(const Place& at) {
  if (at.value.is_string()) {
    std::string text = at.value.get<std::string>();
    if (text.size() > answer_bytes_max) at.refuse("a text of at most 64 KiB");
    return {text_content, std::move(text)};
  }
  if (!at.value.is_structured()) at.refuse("a text, an object or an array");
  return {json_content, api::json_text(at.value)};
}

void read_delay(const Place& at, Rule& rule) {
  if (!at.value.is_object()) {
    rule.delay = at.duration();
    return;
  }
  DelayLaw law;
  if (has_exactly(at.value, {"from", "to"})) {
    law = {DelayLaw::Shape::uniform, at.member("from").duration(), at.member("to").duration()};
    if (law.second < law.first) at.refuse("a range whose end is not before its beginning");
  } else if (has_exactly(at.value, {"mean"})) {
    law = {DelayLaw::Shape::exponential, positive(at.member("mean")), {}};
  } else if (has_exactly(at.value, {"median", "p99"})) {
    law = {DelayLaw::Shape::lognormal, positive(at.member("median")), positive(at.member("p99"))};
    if (law.second < law.first) at.refuse("a p99 that is not below the median");
  } else {
    at.refuse(R"(a duration, or an object with "from" and "to", "mean", or "median" and "p99")");
  }
  rule.delay_law = law;
}

void put_allowance(PartJson& json, const Allowance& allowance) {
  json["over"] = {{"requests", allowance.requests},
                  {"window", model::duration_text(allowance.window)},
                  {"per", callers[static_cast<std::size_t>(allowance.per)]}};
}

void put_where(PartJson& json, const Where& where) {
  PartJson part = PartJson::object();
  put_patterns(part, "headers", where.headers);
  put_patterns(part, "query", where.query);
  put_patterns(part, "body", where.body);
  if (!part.empty()) json["where"] = std::move(part);
}

void put_own_answer(PartJson& json, const OwnAnswer& answer) {
  json["answer"] = answer.type == json_content ? PartJson::parse(answer.text, nullptr, false)
                                               : PartJson(answer.text);
}

void put_delay(PartJson& json, const Rule& rule) {
  if (!rule.delay_law) {
    if (rule.delay.count() > 0) json["delay"] = model::duration_text(rule.delay);
    return;
  }
  const std::string first = model::duration_text(rule.delay_law->first);
  const std::string second = model::duration_text(rule.delay_law->second);
  switch (rule.delay_law->shape) {
    case DelayLaw::Shape::uniform:
      json["delay"] = {{"from", first}, {"to", second}};
      break;
    case DelayLaw::Shape::exponential:
      json["delay"] = {{"mean", first}};
      break;
    case DelayLaw::Shape::lognormal:
      json["delay"] = {{"median", first}, {"p99", second}};
      break;
  }
}

}  // namespace vfstock::mockpanel::faults
