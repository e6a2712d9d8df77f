#include "mockpanel/model/placement.h"

#include <array>
#include <limits>
#include <string_view>

#include "mockpanel/model/datastore.h"

namespace vfstock::mockpanel::model {
namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t room(const Quota& quota) noexcept { return quota.max == 0 ? no_limit : quota.free(); }

/// Lower is chosen first.
std::int64_t rank(const Hypervisor& hypervisor, Placement placement) noexcept {
  switch (placement) {
    case Placement::most_free:
      return -room(hypervisor.memory_mb);
    case Placement::fewest_servers:
      return hypervisor.servers.allocated();
    case Placement::first_fit:
      break;
  }
  return 0;
}

constexpr std::array<std::string_view, 7> lack_names{
    "nothing",       "readiness (disabled, prohibited or not commissioned)",
    "server slots",  "memory",
    "cpu cores",     "storage of this profile",
    "IPv4 addresses"};

}  // namespace

bool matches(const Pool& pool, bool is_local, std::int64_t storage_profile) noexcept {
  if (!pool.enabled) return false;
  return storage_profile > 0 ? pool.storage_type == storage_profile : is_local;
}

const Pool* disk_pool(const World& world, const Hypervisor& hypervisor, const Footprint& need,
                      std::int64_t additional_gb) {
  const Pool* local = hypervisor.local ? &*hypervisor.local : nullptr;
  if (additional_gb > 0 &&
      (local == nullptr || !local->enabled || !local->gigabytes.takes(additional_gb))) {
    return nullptr;
  }
  const Pool* roomiest = nullptr;
  std::int64_t most_room = 0;
  const auto consider = [&](const Pool& pool, bool is_local) {
    const std::int64_t gb = need.storage_gb + (is_local ? additional_gb : 0);
    if (!matches(pool, is_local, need.storage_profile)) return;
    const Quota gigabytes = gigabytes_of(world, hypervisor, pool);
    if (!gigabytes.takes(gb)) return;
    if (roomiest != nullptr && room(gigabytes) <= most_room) return;
    roomiest = &pool;
    most_room = room(gigabytes);
  };
  if (local != nullptr) consider(*local, true);
  for (const Pool& pool : hypervisor.others) consider(pool, false);
  return roomiest;
}

Lack lack(const World& world, const Hypervisor& hypervisor, const Footprint& need,
          std::int64_t additional_gb) {
  if (!hypervisor.placeable()) return Lack::readiness;
  if (!hypervisor.servers.takes(1)) return Lack::servers;
  if (!hypervisor.memory_mb.takes(need.memory_mb)) return Lack::memory;
  if (!hypervisor.cores.takes(need.cores)) return Lack::cores;
  if (disk_pool(world, hypervisor, need, additional_gb) == nullptr) return Lack::storage;
  if (hypervisor.reports_ipv4 && world.ipv4_free(hypervisor) < need.ipv4) return Lack::addresses;
  return Lack::nothing;
}

const Hypervisor* choose(const World& world, std::int64_t group, const Footprint& need,
                         std::int64_t additional_gb) {
  const Hypervisor* best = nullptr;
  for (const Hypervisor* hypervisor : world.members(group)) {
    if (lack(world, *hypervisor, need, additional_gb) != Lack::nothing) continue;
    if (best == nullptr || rank(*hypervisor, world.placement) < rank(*best, world.placement)) {
      best = hypervisor;
    }
  }
  return best;
}

std::string refusal(const World& world, std::int64_t group, const Footprint& need,
                    std::int64_t additional_gb) {
  std::array<std::int64_t, lack_names.size()> counts{};
  for (const Hypervisor* hypervisor : world.members(group)) {
    ++counts[static_cast<std::size_t>(lack(world, *hypervisor, need, additional_gb))];
  }
  std::string text = "No hypervisor of group " + std::to_string(group) + " takes this server";
  std::string_view separator = ": ";
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text.append(separator).append(std::to_string(counts[i])).append(" without ");
    text.append(lack_names[i]);
    separator = ", ";
  }
  return text;
}

}  // namespace vfstock::mockpanel::model
