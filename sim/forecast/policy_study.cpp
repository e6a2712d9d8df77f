#include "sim/forecast/policy_study.h"

#include <algorithm>
#include <stdexcept>

#include "engine/plan/policy_text.h"
#include "mockpanel/model/duration.h"
#include "sim/document/nearest.h"
#include "sim/forecast/figures.h"

namespace vfstock::sim::forecast {
namespace {

using Field = std::chrono::seconds plan::Policy::*;
using Variations = std::vector<PolicyVariation>;

Variations seconds(const char* tunable, Field field, std::initializer_list<int> values) {
  Variations variations;
  for (const int value : values) {
    const std::chrono::seconds time{value};
    variations.push_back({tunable, mockpanel::model::duration_text(time),
                          [field, time](Plan& plan) { plan.policy.*field = time; },
                          [field, time](const Plan& plan) { return plan.policy.*field == time; }});
  }
  return variations;
}

Variations flag(const char* tunable, bool plan::Policy::*field) {
  Variations variations;
  for (const bool value : {true, false}) {
    variations.push_back(
        {tunable, value ? "on" : "off", [field, value](Plan& plan) { plan.policy.*field = value; },
         [field, value](const Plan& plan) { return plan.policy.*field == value; }});
  }
  return variations;
}

Variations buffers() {
  Variations variations;
  for (const char* const value : {"0", "2", "5", "10", "20"}) {
    const auto set = [value](Plan& plan) {
      for (auto& row : plan.shop.products) row.configoption7 = value;
    };
    const auto is_there = [value](const Plan& plan) {
      const auto& rows = plan.shop.products;
      return std::all_of(rows.begin(), rows.end(),
                         [value](const auto& row) { return row.configoption7 == value; });
    };
    variations.push_back({"buffer", std::string(value) + " %", set, is_there});
  }
  return variations;
}

Variations cache_times() {
  Variations variations;
  for (const int value : {0, 10, 30, 120, 600}) {
    const std::chrono::seconds time{value};
    variations.push_back({"cache", mockpanel::model::duration_text(time),
                          [time](Plan& plan) {
                            plan.policy.group_ttl = time;
                            plan.policy.missing_ttl = std::min(plan.policy.missing_ttl, time);
                          },
                          [time](const Plan& plan) { return plan.policy.group_ttl == time; }});
  }
  return variations;
}

Variations address_rules() {
  Variations variations;
  for (const std::string_view text : plan::choices<capacity::Ipv4Cap>()) {
    const capacity::Ipv4Cap rule = *plan::parse_choice<capacity::Ipv4Cap>(text);
    variations.push_back({"address-rule", std::string(text),
                          [rule](Plan& plan) { plan.policy.ipv4_cap = rule; },
                          [rule](const Plan& plan) { return plan.policy.ipv4_cap == rule; }});
  }
  return variations;
}

Variations presets() {
  Variations variations;
  for (const char* const value : {"default", "strict", "seed", "classic"}) {
    const auto preset = plan::preset(value);
    if (!preset) continue;
    variations.push_back({"preset", value, [preset](Plan& plan) { plan.policy = *preset; },
                          [](const Plan&) { return false; }});
  }
  return variations;
}

Variations all_variations() {
  using plan::Policy;
  Variations all;
  for (Variations& some : std::vector<Variations>{
           buffers(), cache_times(), seconds("event-limit", &Policy::event_window, {5, 30, 120}),
           flag("trailing", &Policy::trailing_refresh), flag("retry", &Policy::retry_unavailable),
           seconds("cron-interval", &Policy::cron_window, {1800, 7200, 21'600, 86'400}),
           flag("reservation", &Policy::reserve_pending), address_rules(), presets()}) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<double> less(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    differences.push_back(one[i] - other[i]);
  }
  return differences;
}

}  // namespace

std::vector<std::string> policy_tunables() {
  std::vector<std::string> names;
  for (const PolicyVariation& one : all_variations()) {
    if (names.empty() || names.back() != one.tunable) names.push_back(one.tunable);
  }
  return names;
}

std::vector<PolicyVariation> policy_variations(const Plan& plan,
                                               const std::vector<std::string>& tunables) {
  const std::vector<std::string> known = policy_tunables();
  for (const std::string& name : tunables) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw std::invalid_argument("there is no tunable '" + name + "'" +
                                document::did_you_mean(name, known));
  }
  std::vector<PolicyVariation> chosen;
  for (PolicyVariation& one : all_variations()) {
    if (std::find(tunables.begin(), tunables.end(), one.tunable) == tunables.end()) continue;
    if (!one.is_there(plan)) chosen.push_back(std::move(one));
  }
  return chosen;
}

PolicyResult policy_result(std::string name, const Outcomes& outcomes) {
  PolicyResult result;
  result.name = std::move(name);
  std::vector<double> calls;
  for (const Outcome& outcome : outcomes) {
    double lost = 0, oversold = 0;
    for (const ProductOutcome& product : outcome.products) {
      lost += product.lost_true + product.lost_false;
      oversold += product.oversold;
      result.revenue_lost += product.revenue_lost / static_cast<double>(outcomes.size());
    }
    result.lost_each.push_back(lost);
    result.oversold_each.push_back(oversold);
    calls.push_back(outcome.api_calls);
  }
  result.lost = count_mean_of(result.lost_each);
  result.oversold = count_mean_of(result.oversold_each);
  result.api_calls = count_mean_of(calls);
  result.stale_share = figures_of(outcomes, std::nullopt).stale_share;
  return result;
}

void compare_policies(std::vector<PolicyResult>& results) {
  for (PolicyResult& result : results) {
    result.lost_less = mean_of(less(result.lost_each, results.front().lost_each));
    result.oversold_less = mean_of(less(result.oversold_each, results.front().oversold_each));
    result.is_efficient =
        std::none_of(results.begin(), results.end(), [&](const PolicyResult& other) {
          const bool no_worse = other.lost.value <= result.lost.value &&
                                other.oversold.value <= result.oversold.value;
          return no_worse && (other.lost.value < result.lost.value ||
                              other.oversold.value < result.oversold.value);
        });
  }
}

std::vector<std::size_t> policy_frontier(const std::vector<PolicyResult>& results) {
  std::vector<std::size_t> frontier;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool known = std::any_of(frontier.begin(), frontier.end(), [&](std::size_t other) {
      return results[other].lost.value == results[i].lost.value &&
             results[other].oversold.value == results[i].oversold.value;
    });
    if (results[i].is_efficient && !known) frontier.push_back(i);
  }
  std::stable_sort(frontier.begin(), frontier.end(), [&](std::size_t one, std::size_t other) {
    return results[one].oversold.value < results[other].oversold.value;
  });
  return frontier;
}

}  // namespace vfstock::sim::forecast
