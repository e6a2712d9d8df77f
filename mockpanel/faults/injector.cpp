#include "mockpanel/faults/injector.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mockpanel/api/body.h"
#include "mockpanel/faults/chance.h"
#include "mockpanel/faults/delay_law.h"
#include "mockpanel/faults/glob.h"
#include "mockpanel/faults/header_text.h"

namespace vfstock::mockpanel::faults {
namespace {

/// The page that is asked for; empty when it is no number.
std::optional<std::int64_t> page_of(const api::Request& request) {
  const auto field = std::find_if(request.query.begin(), request.query.end(),
                                  [](const auto& pair) { return pair.first == "page"; });
  if (field == request.query.end()) return 1;
  const std::string& text = field->second;
  std::int64_t page = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), page);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return page;
}

bool any_matches(const std::string& pattern, const api::Fields& fields, const std::string& name) {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    return field.first == name && glob_matches(pattern, field.second);
  });
}

/// The field of the body as text; empty when it is not there.
std::optional<std::string> body_text(const api::Json& body, const std::string& name) {
  const auto found = body.find(name);
  if (found == body.end()) return std::nullopt;
  return found->is_string() ? found->get<std::string>() : found->dump();
}

bool carries(const Where& where, const api::Request& request) {
  for (const auto& [name, pattern] : where.headers) {
    const auto value = api::field(request.headers, name);
    if (!value || !glob_matches(pattern, *value)) return false;
  }
  for (const auto& [name, pattern] : where.query) {
    if (!any_matches(pattern, request.query, name)) return false;
  }
  if (where.body.empty()) return true;
  const api::Json body = api::input_of(request);
  return std::all_of(where.body.begin(), where.body.end(), [&](const auto& wanted) {
    const auto value = body_text(body, wanted.first);
    return value && glob_matches(wanted.second, *value);
  });
}

/// Sets a header, replacing every one of that name in any letter case.
void set_header(api::Fields& headers, const std::string& name, const std::string& value) {
  std::erase_if(headers, [&](const auto& pair) { return same_header(pair.first, name); });
  headers.emplace_back(name, value);
}

}  // namespace

bool Injector::describes(const Rule& rule, const api::Request& request, model::Time now) const {
  if (rule.method && *rule.method != request.method) return false;
  if (rule.path && !glob_matches(*rule.path, api::route_path(request.path))) return false;
  if (rule.page && rule.page != page_of(request)) return false;
  if (rule.from && now < *rule.from) return false;
  if (rule.until && now >= *rule.until) return false;
  if (!carries(rule.where, request)) return false;
  return !rule.while_ || holds(*rule.while_, world_);
}

namespace {

/// Whether it is the rule's turn at the `ordinal`-th request that it describes, having fired so
/// often.
bool turn_has_come(const Rule& rule, std::int64_t ordinal, std::int64_t fired) {
  if (rule.after && ordinal <= *rule.after) return false;
  if (rule.nth && ordinal != *rule.nth) return false;
  if (rule.every && (*rule.every < 1 || ordinal % *rule.every != 0)) return false;
  return !rule.count || fired < *rule.count;
}

/// A request as chance knows it: by route, and how often it has come.
struct Coming {
  std::string route;
  std::int64_t ordinal = 0;
};

/// Every request that the rule describes is counted, so that its other conditions shift nothing.
Coming count_coming(Injector::Armed& armed, const api::Request& request) {
  if (!armed.rule.probability && !armed.rule.delay_law) return {};
  const auto page = page_of(request);
  Coming coming{request.method + " " + request.path + (page ? " " + std::to_string(*page) : ""), 0};
  coming.ordinal = ++armed.came[coming.route];
  return coming;
}

bool is_lucky(const Rule& rule, const Coming& coming) {
  return !rule.probability ||
         strikes(*rule.probability, rule.seed, rule.id, coming.route, coming.ordinal);
}

std::string caller_of(const api::Request& request, Allowance::Per per) {
  switch (per) {
    case Allowance::Per::token:
      return std::string(api::field(request.headers, "Authorization").value_or(""));
    case Allowance::Per::address:
      return request.address;
    case Allowance::Per::all:
      break;
  }
  return {};
}

/// Counts the request against its caller's allowance; true when it goes beyond. Then the seconds
/// that are left are noted.
bool goes_beyond(Injector::Armed& armed, const api::Request& request, model::Time now) {
  if (!armed.rule.over) return true;
  constexpr std::size_t callers_max = 10'000;
  const Allowance& allowance = *armed.rule.over;
  if (armed.windows.size() >= callers_max) {
    std::erase_if(armed.windows,
                  [&](const auto& entry) { return now - entry.second.begin >= allowance.window; });
  }
  Injector::Armed::Window& window = armed.windows[caller_of(request, allowance.per)];
  if (window.requests == 0 || now - window.begin >= allowance.window) window = {now, 0};
  if (++window.requests <= allowance.requests) return false;
  const auto left = window.begin + allowance.window - now;
  armed.rule.seconds_left = std::chrono::ceil<std::chrono::seconds>(left).count();
  return true;
}

bool is_over(const Rule& rule, model::Time now) { return rule.until && now >= *rule.until; }

}  // namespace

void Injector::add(Rule rule) {
  if (rule.kind->arm != nullptr) rule.kind->arm(rule, world_);
  rules_.push_back({std::move(rule), 0, 0, {}, {}});
}

bool Injector::remove(std::string_view id) {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [id](const Armed& armed) { return armed.rule.id == id; });
  if (found == rules_.end()) return false;
  if (found->rule.deleted) restore(*found->rule.deleted, world_);
  rules_.erase(found);
  return true;
}

void Injector::clear() {
  for (const Armed& armed : rules_) {
    if (armed.rule.deleted) restore(*armed.rule.deleted, world_);
  }
  rules_.clear();
}

void Injector::settle(model::Time now) {
  for (Armed& armed : rules_) {
    if (!armed.rule.deleted || !is_over(armed.rule, now)) continue;
    restore(*armed.rule.deleted, world_);
    armed.rule.deleted.reset();
  }
}

const Rule* Injector::judge(const api::Request& request, model::Time now) {
  settle(now);
  const Rule* decides = nullptr;
  for (Armed& armed : rules_) {
    Rule& rule = armed.rule;
    if (!describes(rule, request, now)) continue;
    ++armed.matched;
    const Coming coming = count_coming(armed, request);
    const bool beyond = goes_beyond(armed, request, now);
    if (!beyond || !is_lucky(rule, coming)) continue;
    if (!turn_has_come(rule, armed.matched, armed.fired)) continue;
    ++armed.fired;
    if (decides != nullptr) continue;
    if (rule.delay_law) {
      rule.delay = drawn(*rule.delay_law, rule.seed, rule.id, coming.route, coming.ordinal);
    }
    decides = &rule;
  }
  return decides;
}

Delivery Injector::apply(const Rule* rule, api::Response right) {
  Delivery delivery;
  delivery.response = std::move(right);
  if (rule == nullptr) return delivery;
  delivery.delay = rule->delay;
  if (rule->kind->spoil != nullptr) rule->kind->spoil(*rule, delivery);
  if (delivery.response.status == 0) return delivery;
  if (rule->seconds_left && rule->over) {
    set_header(delivery.response.headers, "Retry-After", std::to_string(*rule->seconds_left));
    set_header(delivery.response.headers, "X-RateLimit-Limit",
               std::to_string(rule->over->requests));
    set_header(delivery.response.headers, "X-RateLimit-Remaining", "0");
  }
  for (const auto& [name, value] : rule->headers) {
    set_header(delivery.response.headers, name, value);
  }
  return delivery;
}

}  // namespace vfstock::mockpanel::faults
