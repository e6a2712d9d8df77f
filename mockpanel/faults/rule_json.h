// Fault rules as JSON, as scenarios and the control port write them:
//
//   {"id": "gone", "kind": "status", "method": "GET", "path": "/packages/*", "page": 2,
//    "nth": 1, "every": 3, "count": 2, "from": "90s", "until": "5m", "for": "2m",
//    "while": {"record": "package", "id": 7, "is": "disabled"}, "probability": 0.1, "seed": 42,
//    "after": 5, "over": {"requests": 20, "window": "60s", "per": "token"},
//    "where": {"headers": {"User-Agent": "curl*"}, "query": {"page": "2"}, "body": {"packageId":
//    "7"}}, "field": "/data/memory", "value": 3, "status": 503, "body": "html", "answer": {"error":
//    "closed"}, "headers": {"Retry-After": "5"}, "delay": "2s"}
//
// A delay may also be a range {"from": "100ms", "to": "2s"}, an exponential law {"mean": "300ms"}
// or a lognormal one {"median": "200ms", "p99": "3s"}. `answer` is a text, or JSON that is sent as
// such.
//
// Only `kind` is needed. The reader is strict: a field it does not know, a value of another type or
// out of range is refused, so that a typo never passes for a fault that did not fire. Pure; no HTTP
// here.
#pragma once

#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

/// A rule is refused. what() is "POINTER: what was expected", the pointer as in RFC 6901.
class RuleError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The rule in `json`, which lies at `pointer` of its document ("" for the document itself).
/// `from`, `until` and `for` count from `now`; `for` is another word for `until`, and only one may
/// be given. The id is empty where none is given. Throws RuleError.
Rule rule_from_json(const nlohmann::ordered_json& json, const std::string& pointer = "",
                    model::Time now = model::Time{0});

/// Throws RuleError, with the nearest route, where the rule's path can match no route of the panel:
/// such a fault would never fire. `pointer` is where the rule lies.
void refuse_unreachable(const Rule& rule, const std::string& pointer = "");

/// The same fields, absent ones left out; `from` and `until` count from `now`, or say "0s" when
/// past. rule_from_json reads it back as long as its window is open.
nlohmann::ordered_json rule_to_json(const Rule& rule, model::Time now = model::Time{0});

}  // namespace vfstock::mockpanel::faults
