#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/capacity.h"
#include "engine/capacity/hypervisor_breakdown.h"

namespace vfstock::capacity {
namespace {

/// An eligible hypervisor as the nested rule sees it: what its addresses serve, and what fits it.
using ServedAndFits = std::pair<Count, Count>;

bool has_figure(std::span<const Hypervisor> rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Hypervisor& row) { return row.ipv4_free.has_value(); });
}

/// What the row's addresses serve; none without a figure.
Count served(const Hypervisor& row, std::int64_t addresses) {
  return servable(row.ipv4_free.value_or(0), addresses);
}

Count nested_total(std::vector<ServedAndFits> hypervisors) {
  std::sort(hypervisors.begin(), hypervisors.end());
  Count total;
  for (const auto& [served, fits] : hypervisors) total = std::min(total + fits, served);
  return total;
}

std::vector<ServedAndFits> served_and_fits(const HypervisorColumns& group,
                                           const GroupBreakdown& breakdown,
                                           std::int64_t addresses) {
  std::vector<ServedAndFits> result;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (breakdown.hypervisors[i].skipped != Skipped::no) continue;
    result.emplace_back(served(group.rows()[i], addresses), breakdown.hypervisors[i].fits);
  }
  return result;
}

std::optional<Count> address_cap(const HypervisorColumns& group, const GroupBreakdown& breakdown,
                                 const Footprint& footprint, Ipv4Cap rule) {
  if (footprint.ipv4_addresses <= 0 || !has_figure(group.rows())) return std::nullopt;
  if (rule == Ipv4Cap::nested) {
    return nested_total(served_and_fits(group, breakdown, footprint.ipv4_addresses));
  }
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
    const Count limit = rule == Ipv4Cap::nested ? own : *breakdown.ipv4_cap;
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

GroupBreakdown group_breakdown(const HypervisorColumns& group, const Footprint& footprint,
                               const Rules& rules) {
  GroupBreakdown result;
  result.hypervisors.reserve(group.size());
  for (const Hypervisor& row : group.rows()) {
    result.hypervisors.push_back(resource_breakdown(row, footprint, rules));
    result.before_ipv4 += result.hypervisors.back().fits;
  }
  const Dimension resource = largest_share(result.hypervisors);
  result.ipv4_cap = address_cap(group, result, footprint, rules.ipv4_cap);
  result.capacity = std::min(result.before_ipv4, result.ipv4_cap.value_or(result.before_ipv4));
  if (result.capacity < result.before_ipv4) {
    result.binding = Dimension::ipv4;
  } else if (!result.capacity.is_unlimited()) {
    result.binding = resource;
  }
  look_at_addresses(group, footprint, rules.ipv4_cap, result);
  return result;
}

Count total(std::span<const HypervisorColumns* const> groups, const Breakdown& breakdown,
            const Footprint& footprint, const Rules& rules) {
  const bool nested = rules.ipv4_cap == Ipv4Cap::nested && footprint.ipv4_addresses > 0 &&
                      std::any_of(groups.begin(), groups.end(),
                                  [](const auto* group) { return has_figure(group->rows()); });
  Count sum;
  std::vector<ServedAndFits> hypervisors;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    sum += breakdown.groups[i].capacity;
    if (!nested) continue;
    const auto of_group =
        served_and_fits(*groups[i], breakdown.groups[i], footprint.ipv4_addresses);
    hypervisors.insert(hypervisors.end(), of_group.begin(), of_group.end());
  }
  return nested ? nested_total(std::move(hypervisors)) : sum;
}

}  // namespace

Breakdown breakdown(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                    const Rules& rules) {
  Breakdown result;
  result.groups.reserve(groups.size());
  for (const HypervisorColumns* group : groups) {
    result.groups.push_back(group_breakdown(*group, footprint, rules));
  }
  result.capacity = total(groups, result, footprint, rules);
  return result;
}

}  // namespace vfstock::capacity
