#include "engine/plan/policy.h"

#include <algorithm>

#include "engine/plan/policy_fields.h"

namespace vfstock::plan {

std::optional<Policy> preset(std::string_view name) {
  Policy policy;
  for (const PolicyField& field : policy_fields) {
    std::string_view text;
    if (name == "strict") text = field.strict;
    if (name == "seed") text = field.seed;
    if (name == "classic") text = field.classic;
    if (!text.empty()) set(policy, field, text);
  }
  const bool known = std::find(presets.begin(), presets.end(), name) != presets.end();
  return known ? std::optional(policy) : std::nullopt;
}

}  // namespace vfstock::plan
