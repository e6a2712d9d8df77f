// Decides for each request whether a rule fires, and turns the right answer into what is delivered.
//
// Rules are tried in the order in which they were added; the first that fires decides. Counting is per
// rule over the requests that match it, so the same sequence of requests meets the same faults over
// sockets and in process. Not thread safe.
#pragma once

#include <string>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

class Injector {
 public:
  void add(Rule rule);
  /// Removes the rule with this id; false when there is none.
  bool remove(const std::string& id);
  void clear();

  /// Called exactly once per request, before it is handled. The rule that fires, or null. The pointer
  /// is valid until the rules change.
  const Rule* judge(const api::Request& request, model::Time now);
  /// What is delivered when `rule` (may be null) meets the right answer.
  static Delivery apply(const Rule* rule, api::Response right);

 private:
  struct Armed {
    Rule rule;
    std::int64_t matched = 0;
    std::int64_t fired = 0;
  };
  std::vector<Armed> rules_;
};

}  // namespace vfstock::mockpanel::faults
