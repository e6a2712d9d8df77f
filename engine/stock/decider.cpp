#include "engine/stock/decider.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace vfstock::stock {
namespace {

using panel::GroupResources;
using panel::Missing;
using panel::Package;
using panel::Unavailable;

Keep keep(Cause cause, std::string text) { return Keep{{cause, std::move(text)}}; }

std::string groups(std::size_t count) {
  return count == 1 ? std::string("1 group") : fmt::format("{} groups", count);
}

Decision keep_unavailable(Cause cause, std::string_view subject, std::int64_t id,
                          const Unavailable& why) {
  Keep kept = keep(cause, fmt::format("{} {} could not be read: {}", subject, id, why.detail));
  kept.again_in = why.retry_after;
  kept.awaits_probe = why.reason == panel::Reason::probe_pending;
  return kept;
}

std::string takes(std::size_t found, capacity::Count count) {
  return fmt::format("{} {} {} more", groups(found), found == 1 ? "takes" : "take", count.places());
}

// An order on its way whose needs cannot be told: what is left for this product is not known.
const Reservation* unknown_need(const Terms& terms, std::span<const Reservation> reserved) {
  const auto found = std::find_if(reserved.begin(), reserved.end(), [&](const Reservation& r) {
    return !r.need && r.can_go_to_any(terms.groups);
  });
  return found == reserved.end() ? nullptr : &*found;
}

}  // namespace

// The groups that were found, or the first that could not be looked up.
struct Decider::Found {
  std::vector<panel::GroupId> ids;
  std::vector<const capacity::HypervisorColumns*> columns;
  std::size_t missing = 0;
  std::optional<Decision> unavailable;
};

Decider::Found Decider::found_groups(const Terms& terms, const panel::Answers& answers) {
  Found found;
  for (const panel::GroupId id : terms.groups) {
    answers.groups.at(id).lookup.match(
        [&](const GroupResources& group) {
          found.ids.push_back(id);
          found.columns.push_back(group.hypervisors.get());
        },
        [&](Missing) { ++found.missing; },
        [&](const Unavailable& why) {
          if (found.unavailable) return;
          found.unavailable = keep_unavailable(Cause::group_unavailable, "group", id.value, why);
        });
  }
  return found;
}

Decision Decider::decide(const Terms& terms, const panel::Answers& answers,
                         std::span<const Reservation> reserved,
                         capacity::CapacityBatch& batch) const {
  if (terms.refusal) return Keep{*terms.refusal};
  return answers.packages.at(terms.package)
      .lookup.match(
          [&](const Package& package) {
            if (package.enabled) return from_groups(terms, package, answers, reserved, batch);
            return set(0, Cause::package_disabled,
                       fmt::format("package {} is disabled", terms.package.value));
          },
          [&](Missing) {
            return set(0, Cause::package_missing,
                       fmt::format("package {} does not exist on the panel", terms.package.value));
          },
          [&](const Unavailable& why) {
            return keep_unavailable(Cause::package_unavailable, "package", terms.package.value,
                                    why);
          });
}

Decision Decider::from_groups(const Terms& terms, const Package& package,
                              const panel::Answers& answers, std::span<const Reservation> reserved,
                              capacity::CapacityBatch& batch) const {
  if (terms.groups.empty()) {
    return keep(Cause::no_groups,
                fmt::format("neither configoption1 nor the option {} names a hypervisor group",
                            policy_.location_option));
  }
  const Found found = found_groups(terms, answers);
  if (found.unavailable) return *found.unavailable;
  if (const Reservation* const unknown = unknown_need(terms, reserved)) {
    return keep(
        Cause::package_unavailable,
        fmt::format("what an order on its way needs is not known: {}", unknown->why_unknown));
  }
  const capacity::Footprint wanted = footprint_of(terms, package);
  const capacity::Count before = batch.product_capacity(found.columns, wanted, rules(terms));
  return from_count(before, left(before, found, wanted, rules(terms), reserved, batch), found);
}

capacity::Count Decider::left(capacity::Count before, const Found& found,
                              const capacity::Footprint& wanted, const capacity::Rules& rules,
                              std::span<const Reservation> reserved,
                              capacity::CapacityBatch& batch) const {
  const bool concerned =
      std::any_of(reserved.begin(), reserved.end(),
                  [&](const Reservation& held) { return held.can_go_to_any(found.ids); });
  if (!concerned) return before;
  if (rules.ipv4_cap == capacity::Ipv4Cap::nested) {
    return without_reserved(before, reserved, found.ids, wanted);
  }
  capacity::Count left;
  for (std::size_t i = 0; i < found.ids.size(); ++i) {
    const capacity::Count group = batch.product_capacity({&found.columns[i], 1}, wanted, rules);
    left += without_reserved(group, reserved, {&found.ids[i], 1}, wanted);
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
  if (found.ids.empty()) {
    return set(0, Cause::group_missing,
               fmt::format("{} on the panel: none exists", groups(found.missing)));
  }
  std::string text = takes(found.ids.size(), before);
  if (count < before) {
    text += fmt::format("; orders on their way leave {}", count.places());
  }
  if (found.missing > 0) text += fmt::format("; {} not on the panel", groups(found.missing));
  if (ceiling && count.places() > *ceiling) {
    return set(*ceiling, Cause::ceiling,
               fmt::format("{}; cut to the ceiling of {}", text, *ceiling));
  }
  const bool emptied = count.places() == 0 && found.missing > 0;
  return set(count.places(), emptied ? Cause::group_missing : Cause::capacity, std::move(text));
}

Decision Decider::set(std::int64_t qty, Cause cause, std::string text) const {
  return SetQty{catalogue::Set(qty), {cause, std::move(text)}};
}

std::optional<capacity::Breakdown> Decider::breakdown(const Terms& terms,
                                                      const panel::Answers& answers) const {
  if (terms.refusal) return std::nullopt;
  const Package* const package = answers.packages.at(terms.package).lookup.if_found();
  const Found found = found_groups(terms, answers);
  if (package == nullptr || found.columns.empty()) return std::nullopt;
  return capacity::breakdown(found.columns, footprint_of(terms, *package), rules(terms));
}

capacity::Rules Decider::rules(const Terms& terms) const {
  return {terms.buffer, policy_.storage_match, policy_.ipv4_cap, policy_.server_slots};
}

}  // namespace vfstock::stock
