#include <algorithm>
#include <array>
#include <tuple>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/capacity.h"
#include "engine/capacity/cut_text.h"
#include "engine/capacity/hypervisor_breakdown.h"
#include "engine/capacity/product_placement.h"

namespace vfstock::capacity {
namespace {

bool has_figure(std::span<const Hypervisor> rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Hypervisor& row) { return row.ipv4_free.has_value(); });
}

/// What the row's addresses serve; none without a figure.
Count served(const Hypervisor& row, std::int64_t addresses) {
  return servable(row.ipv4_free.value_or(0), addresses);
}

Count placed(const HypervisorColumns& group, const Footprint& footprint, const Rules& rules,
             const AddressBlocks* blocks) {
  const HypervisorColumns* const only = &group;
  return place(product_placement({&only, 1}, footprint, rules, blocks).problem).places;
}

/// The most that the group's addresses allow; nullopt: they do not count here.
std::optional<Count> address_cap(const HypervisorColumns& group, const GroupBreakdown& breakdown,
                                 const Footprint& footprint, Ipv4Cap rule) {
  if (footprint.ipv4_addresses <= 0 || !has_figure(group.rows())) return std::nullopt;
  if (rule != Ipv4Cap::group_max) return breakdown.capacity;
  return shared_pool_cap(group, footprint.ipv4_addresses);
}

/// Fills in each hypervisor's own address figure, and names addresses where they limit it.
void look_at_addresses(const HypervisorColumns& group, const Footprint& footprint, Ipv4Cap rule,
                       GroupBreakdown& breakdown) {
  if (footprint.ipv4_addresses <= 0) return;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const Hypervisor& row = group.rows()[i];
    HypervisorBreakdown& hypervisor = breakdown.hypervisors[i];
    const Count own = served(row, footprint.ipv4_addresses);
    if (row.ipv4_free) hypervisor.ipv4 = own;
    if (!breakdown.ipv4_cap) continue;
    const Count limit = rule == Ipv4Cap::group_max ? *breakdown.ipv4_cap : own;
    if (limit < hypervisor.fits) hypervisor.binding = Dimension::ipv4;
  }
}

/// The resource under which the largest share of the fits stands; between equal shares, the one
/// that binds more hypervisors.
Dimension largest_share(std::span<const HypervisorBreakdown> hypervisors) {
  struct Share {
    Count fits;
    std::size_t hypervisors = 0;
  };
  constexpr auto dimensions = static_cast<std::size_t>(Dimension::none);
  std::array<Share, dimensions> shares{};
  for (const HypervisorBreakdown& hypervisor : hypervisors) {
    if (hypervisor.binding == Dimension::none) continue;
    Share& share = shares.at(static_cast<std::size_t>(hypervisor.binding));
    share.fits += hypervisor.fits;
    ++share.hypervisors;
  }
  const auto largest =
      std::max_element(shares.begin(), shares.end(), [](const Share& a, const Share& b) {
        return std::tie(a.fits, a.hypervisors) < std::tie(b.fits, b.hypervisors);
      });
  if (largest->hypervisors == 0) return Dimension::none;
  return static_cast<Dimension>(largest - shares.begin());
}

std::vector<HypervisorBreakdown> hypervisors_of(const HypervisorColumns& group,
                                                const Footprint& footprint, const Rules& rules) {
  std::vector<SharedEntry> shared;
  if (rules.shared_storage == SharedStorage::by_name) {
    shared = entries_of(group.shared_datastores(), group.rows());
  }
  std::vector<HypervisorBreakdown> hypervisors;
  hypervisors.reserve(group.size());
  auto next = shared.begin();
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto first = next;
    while (next != shared.end() && next->at.row == i) ++next;
    hypervisors.push_back(resource_breakdown(group.rows()[i], {first, next}, footprint, rules));
  }
  return hypervisors;
}

GroupBreakdown group_breakdown(const HypervisorColumns& group, const Footprint& footprint,
                               const Rules& rules, const AddressBlocks* blocks) {
  GroupBreakdown result;
  result.hypervisors = hypervisors_of(group, footprint, rules);
  Footprint without_addresses = footprint;
  without_addresses.ipv4_addresses = 0;
  result.before_ipv4 = placed(group, without_addresses, rules, nullptr);
  result.capacity = placed(group, footprint, rules, blocks);
  result.ipv4_cap = address_cap(group, result, footprint, rules.ipv4_cap);
  if (result.capacity < result.before_ipv4) {
    result.binding = Dimension::ipv4;
  } else if (!result.capacity.is_unlimited()) {
    result.binding = largest_share(result.hypervisors);
  }
  look_at_addresses(group, footprint, rules.ipv4_cap, result);
  return result;
}

}  // namespace

Breakdown breakdown(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                    const Rules& rules, const AddressBlocks* blocks) {
  Breakdown result;
  result.groups.reserve(groups.size());
  for (const HypervisorColumns* group : groups) {
    result.groups.push_back(group_breakdown(*group, footprint, rules, blocks));
  }
  const ProductPlacement whole = product_placement(groups, footprint, rules, blocks);
  const Placement placement = place(whole.problem);
  result.capacity = placement.places;
  result.binds = cut_text(placement, whole, groups, result.groups);
  return result;
}

}  // namespace vfstock::capacity
