#include "engine/panel/group_memory.h"

#include <algorithm>
#include <utility>

namespace vfstock::panel {

Lookup<SharedPage> GroupMemory::page(int number, std::string_view body, const Digest& digest,
                                     const DecodeRules& rules) {
  const auto slot = static_cast<std::size_t>(number - 1);
  if (slot < seen_.size() && seen_[slot].page && seen_[slot].digest == digest) {
    return Lookup<SharedPage>::found(seen_[slot].page);
  }
  return decode_group_page(body, rules).then([&](const GroupPage& decoded) {
    if (seen_.size() <= slot) seen_.resize(slot + 1);
    seen_[slot] = {digest, std::make_shared<const GroupPage>(decoded)};
    return Lookup<SharedPage>::found(seen_[slot].page);
  });
}

GroupResources GroupMemory::resources(const std::vector<SharedPage>& pages) {
  if (last_.hypervisors && pages == current_) return last_;
  current_ = pages;
  seen_.resize(std::min(seen_.size(), pages.size()));
  std::vector<capacity::Hypervisor> rows;
  for (const SharedPage& page : pages) {
    rows.insert(rows.end(), page->hypervisors.begin(), page->hypervisors.end());
  }
  const bool same = last_.hypervisors && std::ranges::equal(rows, last_.hypervisors->rows());
  if (!same) {
    last_ = {last_.revision + 1,
             std::make_shared<const capacity::HypervisorColumns>(std::move(rows))};
  }
  return last_;
}

}  // namespace vfstock::panel
