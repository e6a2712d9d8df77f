#include "engine/plan/decider.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace vfstock::plan {
namespace {

using panel::GroupResources;
using panel::LookupResults;
using panel::Missing;
using panel::Package;
using panel::Unavailable;

Decision keep_unavailable(Cause cause, std::string_view subject, std::int64_t id,
                          const Unavailable& why) {
  return Keep{{cause, fmt::format("{} {} could not be read: {}", subject, id, why.detail)},
              why.retry_after,
              why.reason == panel::Reason::probe_pending};
}

// An order on its way whose needs cannot be told: what is left for this product is not known.
const Reservation* unknown_need(const Terms& terms, std::span<const Reservation> reserved) {
  const auto found = std::find_if(reserved.begin(), reserved.end(), [&](const Reservation& r) {
    return !r.need && r.can_go_to_any(terms.groups);
  });
  return found == reserved.end() ? nullptr : &*found;
}

/// Whether every VPS of the product is made of its own package, on that package's storage.
bool is_always_its_own(const Terms& terms) {
  return terms.overrides.packages.empty() && terms.overrides.storage_profiles.empty();
}

bool are_choices_looked_up(const Terms& terms, const LookupResults& answers) {
  const std::vector<std::int64_t>& packages = terms.overrides.packages;
  return std::all_of(packages.begin(), packages.end(),
                     [&](std::int64_t id) { return answers.package({id}) != nullptr; });
}

/// Of the packages that options offer.
std::optional<Decision> unavailable_choice(const Terms& terms, const LookupResults& answers) {
  for (const std::int64_t id : terms.overrides.packages) {
    const Unavailable* const why = answers.package({id})->lookup.if_unavailable();
    if (why != nullptr) return keep_unavailable(Cause::package_unavailable, "package", id, *why);
  }
  return std::nullopt;
}

/// The newest blocks among those that came with groups which report addresses; null where one of
/// these came without.
class NewestBlocks {
 public:
  void take(const GroupResources& resources) {
    if (!resources.hypervisors->has_address_figure()) return;
    if (resources.blocks == nullptr) {
      is_known_ = false;
    } else if (newest_ == nullptr || newest_->revision < resources.blocks->revision) {
      newest_ = resources.blocks.get();
    }
  }
  const capacity::AddressBlocks* get() const {
    return is_known_ && newest_ != nullptr ? &newest_->blocks : nullptr;
  }

 private:
  const panel::KnownBlocks* newest_ = nullptr;
  bool is_known_ = true;
};

}  // namespace

bool is_looked_up(const Terms& terms, const LookupResults& answers) {
  return answers.package(terms.package) != nullptr && are_choices_looked_up(terms, answers) &&
         std::all_of(terms.groups.begin(), terms.groups.end(),
                     [&](panel::GroupId id) { return answers.group(id) != nullptr; });
}

std::vector<capacity::Footprint> footprints_known(const Terms& terms,
                                                  const LookupResults& answers) {
  if (terms.overrides.packages.empty()) {
    return footprints_of(terms, *answers.package(terms.package)->lookup.if_found());
  }
  std::vector<capacity::Footprint> footprints;
  for (const panel::PackageId id : packages_of(terms)) {
    const auto* const told = answers.package(id);
    const Package* const package = told == nullptr ? nullptr : told->lookup.if_found();
    if (package == nullptr || (!package->enabled && !footprints.empty())) continue;
    for (const capacity::Footprint& footprint : footprints_of(terms, *package)) {
      if (std::find(footprints.begin(), footprints.end(), footprint) == footprints.end()) {
        footprints.push_back(footprint);
      }
    }
  }
  return footprints;
}

const capacity::AddressBlocks* blocks_known(const Terms& terms, const LookupResults& answers) {
  NewestBlocks newest;
  for (const panel::GroupId id : terms.groups) {
    if (const auto* const resources = answers.group(id)->lookup.if_found()) newest.take(*resources);
  }
  return newest.get();
}

Decision Decider::decide(const Terms& terms, const LookupResults& answers,
                         std::span<const Reservation> reserved) {
  if (terms.refusal) return Keep{*terms.refusal};
  const panel::Told<Package>* const told = answers.package(terms.package);
  if (told == nullptr || !are_choices_looked_up(terms, answers) || !find_groups(terms, answers)) {
    return Keep{
        {Cause::contended, "the product was changed to a package or group not looked up yet"}};
  }
  const panel::Lookup<Package>& lookup = told->lookup;
  const Package* const package = lookup.if_found();
  if (package != nullptr && package->enabled) {
    return from_groups(terms, *package, answers, reserved);
  }
  return without_package(terms.package, lookup);
}

Decision Decider::without_package(panel::PackageId id, const panel::Lookup<Package>& lookup) {
  return lookup.match(
      [&](const Package&) {
        return set(0, {Cause::package_disabled, fmt::format("package {} is disabled", id.value)});
      },
      [&](Missing) {
        return set(0, {Cause::package_missing,
                       fmt::format("package {} does not exist on the panel", id.value)});
      },
      [&](const Unavailable& why) {
        return keep_unavailable(Cause::package_unavailable, "package", id.value, why);
      });
}

bool Decider::find_groups(const Terms& terms, const LookupResults& answers) {
  found_.clear();
  missing_ = 0;
  unavailable_ = nullptr;
  NewestBlocks newest;
  for (const panel::GroupId id : terms.groups) {
    const panel::Told<GroupResources>* const told = answers.group(id);
    if (told == nullptr) return false;
    if (const GroupResources* const resources = told->lookup.if_found()) {
      found_.push_back({id.value, resources->revision, resources->hypervisors.get()});
      newest.take(*resources);
    } else if (const Unavailable* const why = told->lookup.if_unavailable()) {
      if (unavailable_ == nullptr) {
        unavailable_ = why;
        unavailable_group_ = id;
      }
    } else {
      ++missing_;
    }
  }
  blocks_ = terms.counting.ipv4_cap == capacity::Ipv4Cap::exact ? newest.get() : nullptr;
  return true;
}

Decision Decider::from_groups(const Terms& terms, const Package& package,
                              const LookupResults& answers, std::span<const Reservation> reserved) {
  if (terms.groups.empty()) {
    return Keep{{Cause::no_groups,
                 fmt::format("neither configoption1 nor the option {} names a hypervisor group",
                             policy_.location_option)}};
  }
  if (auto unavailable = unavailable_choice(terms, answers)) return *std::move(unavailable);
  if (unavailable_ != nullptr) {
    return keep_unavailable(Cause::group_unavailable, "group", unavailable_group_.value,
                            *unavailable_);
  }
  if (const Reservation* const unknown = unknown_need(terms, reserved)) {
    return Keep{
        {Cause::package_unavailable,
         fmt::format("what an order on its way needs is not known: {}", unknown->why_unknown)}};
  }
  return from_footprints(terms, package, answers, reserved);
}

Decision Decider::from_footprints(const Terms& terms, const Package& package,
                                  const LookupResults& answers,
                                  std::span<const Reservation> reserved) {
  capacity::Count before = capacity::Count::unlimited(), least = capacity::Count::unlimited();
  const auto take = [&](const capacity::Footprint& wanted) {
    const capacity::Count all = count(found_, wanted, terms.counting);
    const capacity::Count remaining =
        reserved.empty() ? all : left(all, wanted, terms.counting, reserved);
    if (remaining >= least) return;
    before = all;
    least = remaining;
  };
  if (is_always_its_own(terms)) {
    take(own_footprint(terms, package));
  } else {
    for (const capacity::Footprint& wanted : footprints_known(terms, answers)) take(wanted);
  }
  return from_count(before, least);
}

capacity::Count Decider::count(std::span<const capacity::FoundGroup> groups,
                               const capacity::Footprint& footprint, const capacity::Rules& rules) {
  return counter_.product_capacity(groups, footprint, rules, blocks_);
}

capacity::Count Decider::left(capacity::Count before, const capacity::Footprint& wanted,
                              const capacity::Rules& rules, std::span<const Reservation> reserved) {
  std::vector<panel::GroupId> ids;
  for (const capacity::FoundGroup& group : found_) ids.push_back({group.id});
  const bool concerned =
      std::any_of(reserved.begin(), reserved.end(),
                  [&](const Reservation& held) { return held.can_go_to_any(ids); });
  if (!concerned) return before;
  // Where groups draw from the same addresses, the product's total is no sum over them.
  if (blocks_ != nullptr || rules.ipv4_cap == capacity::Ipv4Cap::nested) {
    return without_reserved(before, reserved, ids, wanted);
  }
  capacity::Count left;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const capacity::Count group = count({&found_[i], 1}, wanted, rules);
    left += without_reserved(group, reserved, {&ids[i], 1}, wanted);
  }
  return left;
}

Decision Decider::from_count(capacity::Count before, capacity::Count count) const {
  const std::optional<std::int64_t>& ceiling = policy_.qty_ceiling;
  if (count.is_unlimited()) {
    if (ceiling)
      return set(*ceiling, {Cause::ceiling, "nothing limits the product but the ceiling"});
    return Keep{{Cause::unbounded, "nothing limits the product, and there is no ceiling"}};
  }
  if (found_.empty()) {
    return set(0, {Cause::group_missing,
                   missing_ == 1 ? std::string("1 group on the panel: none exists")
                                 : fmt::format("{} groups on the panel: none exists", missing_)});
  }
  Counted counted{found_.size(), missing_, before.places(), count.places(), std::nullopt};
  if (ceiling && count.places() > *ceiling) {
    counted.ceiling = ceiling;
    return set(*ceiling, {Cause::ceiling, counted});
  }
  const bool emptied = count.places() == 0 && missing_ > 0;
  return set(count.places(), {emptied ? Cause::group_missing : Cause::capacity, counted});
}

Decision Decider::set(std::int64_t qty, Why why) {
  return SetQty{catalogue::Set(qty), std::move(why)};
}

}  // namespace vfstock::plan
