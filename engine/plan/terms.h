// What a product's row and options mean for a decision: which package, which groups, what one VPS
// takes of addresses, and how much is held back. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/capacity/rules.h"
#include "engine/catalogue/overrides.h"
#include "engine/catalogue/product.h"
#include "engine/panel/panel.h"
#include "engine/plan/decision.h"
#include "engine/plan/policy.h"

namespace vfstock::plan {

struct Terms {
  panel::PackageId package;
  std::vector<panel::GroupId> groups;  // each once, in the product's order
  std::int64_t ipv4_addresses = 1;     // per VPS; 0: addresses do not limit
  capacity::Rules counting;            // the product's buffer, the policy's rules
  /// What options can make of a VPS; nothing where the policy counts the package alone.
  catalogue::Overrides overrides;
  /// Set when the row alone settles it (no package, another panel): nothing need be looked up.
  std::optional<Why> refusal;

  friend bool operator==(const Terms&, const Terms&) = default;
};
/// Terms that nothing need be looked up for.
Terms refused(Why why);

/// What of the shop's surroundings a row is read with.
struct Surroundings {
  std::vector<catalogue::OptionValue> options;
  std::vector<std::string> virtfusion_hosts;  // where it may be created; empty: nothing is known
};

/// Every package that a VPS of the product can be made of: its own, then those that an option
/// offers.
std::vector<panel::PackageId> packages_of(const Terms& terms);

/// What one VPS of the product takes of a hypervisor at most, where it is made of this package and
/// stays on its storage profile.
capacity::Footprint own_footprint(const Terms& terms, const panel::Package& package);
/// The same on each storage profile that options can put it on, the package's own first.
std::vector<capacity::Footprint> footprints_of(const Terms& terms, const panel::Package& package);

/// `panel_host`: the configured panel's name; empty: not known.
Terms terms_of(const catalogue::Product& product, const Surroundings& surroundings,
               const Policy& policy, std::string_view panel_host = {});

}  // namespace vfstock::plan
