#include "mockpanel/faults/injector.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mockpanel/faults/chance.h"
#include "mockpanel/faults/glob.h"
#include "mockpanel/faults/kinds.h"

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

}  // namespace

bool Injector::describes(const Rule& rule, const api::Request& request, model::Time now) const {
  if (rule.method && *rule.method != request.method) return false;
  if (rule.path && !glob_matches(*rule.path, request.path)) return false;
  if (rule.page && rule.page != page_of(request)) return false;
  if (rule.from && now < *rule.from) return false;
  if (rule.until && now >= *rule.until) return false;
  return !rule.while_ || holds(*rule.while_, world_);
}

namespace {

/// Whether it is the rule's turn at the `ordinal`-th request that it describes, having fired so
/// often.
bool turn_has_come(const Rule& rule, std::int64_t ordinal, std::int64_t fired) {
  if (rule.nth && ordinal != *rule.nth) return false;
  if (rule.every && (*rule.every < 1 || ordinal % *rule.every != 0)) return false;
  return !rule.count || fired < *rule.count;
}

/// Whether chance lets the rule fire. Every request that the rule describes is counted, so that its
/// other conditions shift nothing.
bool is_lucky(Injector::Armed& armed, const api::Request& request) {
  const Rule& rule = armed.rule;
  if (!rule.probability) return true;
  const auto page = page_of(request);
  const std::string route =
      request.method + " " + request.path + (page ? " " + std::to_string(*page) : "");
  return strikes(*rule.probability, rule.seed, rule.id, route, ++armed.came[route]);
}

}  // namespace

void Injector::add(Rule rule) {
  if (rule.kind == Kind::stale_answer) {
    rule.stuck_in = std::make_shared<const model::World>(world_);
  }
  rules_.push_back({std::move(rule), 0, 0, {}});
}

bool Injector::remove(std::string_view id) {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [id](const Armed& armed) { return armed.rule.id == id; });
  if (found == rules_.end()) return false;
  rules_.erase(found);
  return true;
}

void Injector::clear() { rules_.clear(); }

const Rule* Injector::judge(const api::Request& request, model::Time now) {
  const Rule* decides = nullptr;
  for (Armed& armed : rules_) {
    if (!describes(armed.rule, request, now)) continue;
    ++armed.matched;
    if (!is_lucky(armed, request)) continue;
    if (!turn_has_come(armed.rule, armed.matched, armed.fired)) continue;
    ++armed.fired;
    if (decides == nullptr) decides = &armed.rule;
  }
  return decides;
}

Delivery Injector::apply(const Rule* rule, api::Response right) {
  Delivery delivery;
  delivery.response = std::move(right);
  if (rule == nullptr) return delivery;
  delivery.delay = rule->delay;
  befall(*rule, delivery);
  if (delivery.response.status == 0) return delivery;
  for (const auto& [name, value] : rule->headers) {
    set_field(delivery.response.headers, name, value);
  }
  return delivery;
}

}  // namespace vfstock::mockpanel::faults
