#include "mockpanel/model/datastore.h"

#include <algorithm>

namespace vfstock::mockpanel::model {
namespace {

bool same_datastore(const Pool& a, const Pool& b) {
  return a.is_datastore && b.is_datastore && a.name == b.name && a.storage_type == b.storage_type;
}

}  // namespace

std::vector<const Pool*> entries_of(const World& world, const Hypervisor& hypervisor,
                                    const Pool& pool) {
  if (!pool.is_datastore) return {&pool};
  std::vector<const Pool*> entries;
  for (const auto& [id, other] : world.hypervisors) {
    if (other.group != hypervisor.group) continue;
    for (const Pool& entry : other.others) {
      if (same_datastore(entry, pool)) entries.push_back(&entry);
    }
  }
  return entries;
}

Quota gigabytes_of(const World& world, const Hypervisor& hypervisor, const Pool& pool) {
  if (!pool.is_datastore) return pool.gigabytes;
  Quota all;
  for (const Pool* const entry : entries_of(world, hypervisor, pool)) {
    const std::int64_t max = entry->gigabytes.max;
    // An entry without a quota does not lift that of the others.
    if (max > 0) all.max = all.max == 0 ? max : std::min(all.max, max);
    all.base += entry->gigabytes.allocated();
  }
  return all;
}

}  // namespace vfstock::mockpanel::model
