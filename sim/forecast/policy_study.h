// The engine's tunables one by one: what each would lose and oversell on a plan, beside the plan's
// own policy, with the same customers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/forecast/estimate.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::forecast {

/// One tunable set to one value.
struct PolicyVariation {
  std::string tunable, value;  // "cache", "10s"
  std::function<void(Plan&)> apply;
  std::function<bool(const Plan&)> is_there;  // the plan has it already
};

/// The names of all tunables that are swept.
std::vector<std::string> policy_tunables();
/// The values of these tunables that differ from the plan's own; a name that is not known throws
/// std::invalid_argument.
std::vector<PolicyVariation> policy_variations(const Plan& plan,
                                               const std::vector<std::string>& tunables);

/// What one policy came to, in VPSes per run.
struct PolicyResult {
  std::string name;  // "as planned", "cache 10s"
  Estimate lost, oversold, api_calls, stale_share;
  Estimate lost_less, oversold_less;  // than as planned, within runs
  double revenue_lost = 0;
  std::vector<double> lost_each, oversold_each;  // by run
  bool is_efficient = false;
};

PolicyResult policy_result(std::string name, const Outcomes& outcomes);

/// Fills in the differences from the first and marks the efficient ones: those than which no other
/// loses and oversells no more, and one of the two less.
void compare_policies(std::vector<PolicyResult>& results);

/// The efficient ones from the fewest oversold to the fewest lost; of equals the first.
std::vector<std::size_t> policy_frontier(const std::vector<PolicyResult>& results);

}  // namespace vfstock::sim::forecast
