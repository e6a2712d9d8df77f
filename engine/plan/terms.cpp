#include "engine/plan/terms.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/catalogue/locations.h"
#include "engine/catalogue/panel_name.h"
#include "engine/catalogue/text.h"

namespace vfstock::plan {
namespace {

constexpr std::int64_t buffer_percent_default = 10;

// Below 1 counts as 1; a written 0 may mean a VPS without any address.
std::int64_t addresses(std::string_view column, Ipv4Zero zero) noexcept {
  const std::int64_t number = catalogue::leading_integer(column);
  if (number >= 1) return number;
  const bool written_zero = number == 0 && !trimmed(column).empty();
  return written_zero && zero == Ipv4Zero::none ? 0 : 1;
}

// Ours is a product that one panel alone can serve, when that is the configured one.
std::optional<Why> other_panel(const Surroundings& surroundings, std::string_view panel_host) {
  std::vector<std::string> panels;
  for (const std::string& host : surroundings.virtfusion_hosts) {
    panels.push_back(catalogue::panel_name(host));
  }
  std::sort(panels.begin(), panels.end());
  panels.erase(std::unique(panels.begin(), panels.end()), panels.end());
  if (panels.empty()) return std::nullopt;
  if (panels.front().empty()) panels.front() = "a server without a host name";
  if (panels.size() > 1) {
    return Why{Cause::several_panels,
               fmt::format("the product may be created on {} panels ({}), so it is not known whose "
                           "places it sells; give it a server group of one panel",
                           panels.size(), fmt::join(panels, ", "))};
  }
  if (panel_host.empty() || panels.front() == catalogue::panel_name(panel_host)) {
    return std::nullopt;
  }
  return Why{Cause::other_panel,
             fmt::format("the product is sold from {}, not from {}", panels.front(), panel_host)};
}

}  // namespace

Terms refused(Why why) {
  Terms terms;
  terms.refusal = std::move(why);
  return terms;
}

std::vector<panel::PackageId> packages_of(const Terms& terms) {
  std::vector<panel::PackageId> packages{terms.package};
  for (const std::int64_t id : terms.overrides.packages) {
    if (id != terms.package.value) packages.push_back({id});
  }
  return packages;
}

capacity::Footprint own_footprint(const Terms& terms, const panel::Package& package) {
  const catalogue::Overrides& largest = terms.overrides;
  return {largest.memory_mb.of(package.memory_mb),         largest.cores.of(package.cores),
          largest.storage_gb.of(package.storage_gb),       package.storage_profile,
          largest.ipv4_addresses.of(terms.ipv4_addresses), package.further_disks};
}

std::vector<capacity::Footprint> footprints_of(const Terms& terms, const panel::Package& package) {
  std::vector<capacity::Footprint> footprints{own_footprint(terms, package)};
  for (const std::int64_t profile : terms.overrides.storage_profiles) {
    if (profile == package.storage_profile) continue;
    footprints.push_back(footprints.front());
    footprints.back().storage_profile = profile;
  }
  return footprints;
}

Terms terms_of(const catalogue::Product& product, const Surroundings& surroundings,
               const Policy& policy, std::string_view panel_host) {
  Terms terms;
  terms.package = {catalogue::leading_integer(product.configoption2)};
  if (terms.package.value <= 0) {
    terms.refusal = Why{Cause::no_package, "the product names no package (configoption2)"};
    return terms;
  }
  terms.refusal = other_panel(surroundings, panel_host);
  for (const std::int64_t group :
       catalogue::hypervisor_groups(product, surroundings.options, policy.location_option)) {
    terms.groups.push_back({group});
  }
  terms.ipv4_addresses = addresses(product.configoption3, policy.ipv4_zero);
  terms.counting = {capacity::Percent::parse(product.configoption7)
                        .value_or(capacity::Percent(buffer_percent_default)),
                    policy.storage_match, policy.ipv4_cap,
                    // Caps of single hypervisors come as slots; of the others none are read then.
                    policy.node_caps.empty() ? policy.server_slots : capacity::ServerSlots::enforce,
                    policy.shared_storage};
  if (policy.option_overrides == OptionOverrides::largest) {
    terms.overrides = catalogue::largest_overrides(surroundings.options, policy.location_option);
  }
  return terms;
}

}  // namespace vfstock::plan
