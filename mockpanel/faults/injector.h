// Decides for each request whether a rule fires, and turns the right answer into what is delivered.
//
// Rules are tried in the order in which they were added; the first that fires decides. Counting is
// per rule over the requests that match it, so the same sequence of requests meets the same faults
// over sockets and in process. Every rule counts every request, and a rule's turn is used up even
// when an earlier rule decided: adding or removing one rule never shifts the others. Probability is
// a matter of the rule, the request and how often it has come, so two requests that race each other
// shift nothing either. Not thread safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

class Injector {
 public:
  /// A rule and what it has met so far.
  struct Armed {
    Rule rule;
    std::int64_t matched = 0;  // requests that it describes
    std::int64_t fired = 0;    // those at which its turn came
    /// Of a rule with a probability or a delay that varies: how often each request came, by method,
    /// path and page.
    std::map<std::string, std::int64_t> came;
    /// Of a rule with an allowance: how often each caller came in its present window.
    struct Window {
      model::Time begin{0};
      std::int64_t requests = 0;
    };
    std::map<std::string, Window> windows;
  };

  /// `world` is the panel's, and outlives the injector. Of it only records that a rule has deleted
  /// are changed: they come back when the rule is removed or its time is over.
  explicit Injector(model::World& world) : world_(world) {}

  /// Ids are the caller's matter: of two rules with the same id, remove()
  /// takes the older.
  void add(Rule rule);
  /// Removes the rule with this id; false when there is none.
  bool remove(std::string_view id);
  void clear();
  /// In the order in which they are tried.
  const std::vector<Armed>& rules() const noexcept { return rules_; }

  /// Called exactly once per request, before it is handled. The rule that fires, or null. The
  /// pointer is valid until the rules change.
  const Rule* judge(const api::Request& request, model::Time now);
  /// Gives back what rules have deleted whose time is over. judge() does so, too.
  void settle(model::Time now);
  /// What is delivered when `rule` (may be null) meets the right answer.
  static Delivery apply(const Rule* rule, api::Response right);

 private:
  bool describes(const Rule& rule, const api::Request& request, model::Time now) const;

  model::World& world_;
  std::vector<Armed> rules_;
};

}  // namespace vfstock::mockpanel::faults
