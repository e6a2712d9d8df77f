#include "engine/plan/decider.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace vfstock::plan {
namespace {

using panel::GroupResources;
using panel::Missing;
using panel::Package;
using panel::Unavailable;

Keep keep(Cause cause, std::string text) { return Keep{{cause, std::move(text)}}; }

Decision keep_unavailable(Cause cause, std::string_view subject, std::int64_t id,
                          const Unavailable& why) {
  Keep kept = keep(cause, fmt::format("{} {} could not be read: {}", subject, id, why.detail));
  kept.again_in = why.retry_after;
  kept.awaits_probe = why.reason == panel::Reason::probe_pending;
  return kept;
}

// An order on its way whose needs cannot be told: what is left for this product is not known.
const Reservation* unknown_need(const Terms& terms, std::span<const Reservation> reserved) {
  const auto found = std::find_if(reserved.begin(), reserved.end(), [&](const Reservation& r) {
    return !r.need && r.can_go_to_any(terms.groups);
  });
  return found == reserved.end() ? nullptr : &*found;
}

}  // namespace

const Decider::Found& Decider::find_groups(const Grounds& grounds) {
  Found& found = found_;
  found.groups.clear();
  found.missing = 0;
  found.unavailable.reset();
  for (const panel::StandingGroup* const group : grounds.groups) {
    const panel::Lookup<GroupResources>& lookup = group->lookup();
    if (const GroupResources* const resources = lookup.if_found()) {
      found.groups.push_back({group->id().value, group->version(), resources->hypervisors.get()});
    } else if (const Unavailable* const why = lookup.if_unavailable()) {
      if (found.unavailable) continue;
      found.unavailable =
          keep_unavailable(Cause::group_unavailable, "group", group->id().value, *why);
    } else {
      ++found.missing;
    }
  }
  return found;
}

std::optional<Decision> Decider::decide_again(const Decision* last, const Terms& terms,
                                              const Grounds& grounds,
                                              std::span<const Reservation> reserved,
                                              capacity::CapacityBatch& batch) {
  if (terms.refusal) return Keep{*terms.refusal};
  const panel::Lookup<Package>& lookup = grounds.package->lookup();
  const Package* const package = lookup.if_found();
  if (package != nullptr && package->enabled) {
    return from_groups(last, terms, *package, grounds, reserved, batch);
  }
  return without_package(terms.package, lookup);
}

Decision Decider::without_package(panel::PackageId id, const panel::Lookup<Package>& lookup) {
  return lookup.match(
      [&](const Package&) {
        return set(0, Cause::package_disabled, fmt::format("package {} is disabled", id.value));
      },
      [&](Missing) {
        return set(0, Cause::package_missing,
                   fmt::format("package {} does not exist on the panel", id.value));
      },
      [&](const Unavailable& why) {
        return keep_unavailable(Cause::package_unavailable, "package", id.value, why);
      });
}

std::optional<Decision> Decider::from_groups(const Decision* last, const Terms& terms,
                                             const Package& package, const Grounds& grounds,
                                             std::span<const Reservation> reserved,
                                             capacity::CapacityBatch& batch) {
  if (terms.groups.empty()) {
    return keep(Cause::no_groups,
                fmt::format("neither configoption1 nor the option {} names a hypervisor group",
                            policy_.location_option));
  }
  const Found& found = find_groups(grounds);
  if (found.unavailable) return found.unavailable;
  if (const Reservation* const unknown = unknown_need(terms, reserved)) {
    return keep(
        Cause::package_unavailable,
        fmt::format("what an order on its way needs is not known: {}", unknown->why_unknown));
  }
  const capacity::Footprint wanted = footprint_of(terms, package);
  const capacity::Count before = batch.product_capacity(found.groups, wanted, terms.counting);
  const capacity::Count count =
      reserved.empty() ? before : left(before, found, wanted, terms.counting, reserved, batch);
  if (last != nullptr && is_from(*last, before, count, found)) return std::nullopt;
  return from_count(before, count, found);
}

// Whoever counted the same concluded the same.
bool Decider::is_from(const Decision& decision, capacity::Count before, capacity::Count count,
                      const Found& found) {
  const SetQty* const set = decision.if_set();
  const Counted* const counted = set == nullptr ? nullptr : set->why.text.counted();
  return counted != nullptr && !count.is_unlimited() && counted->groups == found.groups.size() &&
         counted->missing == found.missing && counted->before == before.places() &&
         counted->left == count.places();
}

capacity::Count Decider::left(capacity::Count before, const Found& found,
                              const capacity::Footprint& wanted, const capacity::Rules& rules,
                              std::span<const Reservation> reserved,
                              capacity::CapacityBatch& batch) {
  std::vector<panel::GroupId> ids;
  for (const capacity::VersionedGroup& group : found.groups) ids.push_back({group.id});
  const bool concerned =
      std::any_of(reserved.begin(), reserved.end(),
                  [&](const Reservation& held) { return held.can_go_to_any(ids); });
  if (!concerned) return before;
  if (rules.ipv4_cap == capacity::Ipv4Cap::nested) {
    return without_reserved(before, reserved, ids, wanted);
  }
  capacity::Count left;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const capacity::Count group = batch.product_capacity({&found.groups[i], 1}, wanted, rules);
    left += without_reserved(group, reserved, {&ids[i], 1}, wanted);
  }
  return left;
}

Decision Decider::from_count(capacity::Count before, capacity::Count count,
                             const Found& found) const {
  const std::optional<std::int64_t>& ceiling = policy_.qty_ceiling;
  if (count.is_unlimited()) {
    if (ceiling) return set(*ceiling, Cause::ceiling, "nothing limits the product but the ceiling");
    return keep(Cause::unbounded, "nothing limits the product, and there is no ceiling");
  }
  Counted counted{found.groups.size(), found.missing, before.places(), count.places(),
                  std::nullopt};
  if (found.groups.empty()) {
    return set(0, Cause::group_missing,
               found.missing == 1
                   ? std::string("1 group on the panel: none exists")
                   : fmt::format("{} groups on the panel: none exists", found.missing));
  }
  if (ceiling && count.places() > *ceiling) {
    counted.ceiling = ceiling;
    return set(*ceiling, Cause::ceiling, counted);
  }
  const bool emptied = count.places() == 0 && found.missing > 0;
  return set(count.places(), emptied ? Cause::group_missing : Cause::capacity, counted);
}

Decision Decider::set(std::int64_t qty, Cause cause, Sentence text) {
  return SetQty{catalogue::Set(qty), {cause, std::move(text)}};
}

std::optional<capacity::Breakdown> Decider::breakdown(const Terms& terms, const Grounds& grounds) {
  if (terms.refusal) return std::nullopt;
  const Package* const package = grounds.package->lookup().if_found();
  const Found& found = find_groups(grounds);
  if (package == nullptr || found.groups.empty()) return std::nullopt;
  std::vector<const capacity::HypervisorColumns*> columns;
  for (const capacity::VersionedGroup& group : found.groups) columns.push_back(group.columns);
  return capacity::breakdown(columns, footprint_of(terms, *package), terms.counting);
}

}  // namespace vfstock::plan
