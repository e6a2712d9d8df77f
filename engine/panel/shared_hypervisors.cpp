#include "engine/panel/shared_hypervisors.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace vfstock::panel {
namespace {

std::vector<std::pair<std::int64_t, GroupId>> members_of(const Answers& answers) {
  std::vector<std::pair<std::int64_t, GroupId>> members;
  for (const auto& [id, told] : answers.groups) {
    const GroupResources* const found = told.lookup.if_found();
    if (found == nullptr) continue;
    for (const auto& row : found->hypervisors->rows()) members.emplace_back(row.id, id);
  }
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace

void refuse_shared_hypervisors(Answers& answers) {
  const auto members = members_of(answers);
  std::map<GroupId, std::string> refused;
  for (std::size_t i = 1; i < members.size(); ++i) {
    const auto& [hypervisor, group] = members[i];
    const auto& [same, other] = members[i - 1];
    if (hypervisor != same || group == other) continue;
    const std::string why = fmt::format("groups {} and {} both list hypervisor {}", other.value,
                                        group.value, hypervisor);
    refused.emplace(other, why);
    refused.emplace(group, why);
  }
  for (const auto& [group, why] : refused) {
    answers.groups.at(group).lookup = Unavailable{Reason::inconsistent, why};
  }
}

}  // namespace vfstock::panel
