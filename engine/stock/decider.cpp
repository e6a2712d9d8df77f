#include "engine/stock/decider.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace vfstock::stock {
namespace {

using panel::GroupResources;
using panel::Lookup;
using panel::Missing;
using panel::Package;
using panel::Unavailable;

Keep keep(Cause cause, std::string text) { return Keep{{cause, std::move(text)}}; }

std::string groups(std::size_t count) {
  return count == 1 ? std::string("1 group") : fmt::format("{} groups", count);
}

// The groups that were found, or the first that could not be looked up.
struct Found {
  std::vector<const capacity::HypervisorColumns*> columns;
  std::size_t missing = 0;
  std::optional<Keep> unavailable;
};

Found found_groups(const Terms& terms, const panel::Answers& answers) {
  Found found;
  for (const panel::GroupId id : terms.groups) {
    answers.groups.at(id).lookup.match(
        [&](const GroupResources& group) { found.columns.push_back(group.hypervisors.get()); },
        [&](Missing) { ++found.missing; },
        [&](const Unavailable& why) {
          if (found.unavailable) return;
          found.unavailable =
              keep(Cause::group_unavailable,
                   fmt::format("group {} could not be read: {}", id.value, why.detail));
        });
  }
  return found;
}

std::string capacity_text(capacity::Count count, std::size_t found, std::size_t missing) {
  if (found == 0) return fmt::format("{} on the panel: none exists", groups(missing));
  std::string text =
      fmt::format("{} {} {} more", groups(found), found == 1 ? "takes" : "take", count.places());
  if (missing > 0) text += fmt::format("; {} not on the panel", groups(missing));
  return text;
}

}  // namespace

Decision Decider::decide(const Terms& terms, const panel::Answers& answers,
                         capacity::CapacityBatch& batch) const {
  if (terms.refusal) return Keep{*terms.refusal};
  return answers.packages.at(terms.package)
      .lookup.match(
          [&](const Package& package) {
            if (package.enabled) return from_groups(terms, package, answers, batch);
            return set(0, Cause::package_disabled,
                       fmt::format("package {} is disabled", terms.package.value));
          },
          [&](Missing) {
            return set(0, Cause::package_missing,
                       fmt::format("package {} does not exist on the panel", terms.package.value));
          },
          [&](const Unavailable& why) -> Decision {
            return keep(Cause::package_unavailable, fmt::format("package {} could not be read: {}",
                                                                terms.package.value, why.detail));
          });
}

Decision Decider::from_groups(const Terms& terms, const Package& package,
                              const panel::Answers& answers, capacity::CapacityBatch& batch) const {
  if (terms.groups.empty()) {
    return keep(Cause::no_groups,
                fmt::format("neither configoption1 nor the option {} names a hypervisor group",
                            policy_.location_option));
  }
  Found found = found_groups(terms, answers);
  if (found.unavailable) return *std::move(found.unavailable);
  const capacity::Count count =
      batch.product_capacity(found.columns, footprint(terms, package), rules(terms));
  return from_count(count, found.columns.size(), found.missing);
}

Decision Decider::from_count(capacity::Count count, std::size_t found, std::size_t missing) const {
  const std::optional<std::int64_t>& ceiling = policy_.qty_ceiling;
  if (count.is_unlimited()) {
    if (ceiling) return set(*ceiling, Cause::ceiling, "nothing limits the product but the ceiling");
    return keep(Cause::unbounded, "nothing limits the product, and there is no ceiling");
  }
  std::string text = capacity_text(count, found, missing);
  if (ceiling && count.places() > *ceiling) {
    return set(*ceiling, Cause::ceiling,
               fmt::format("{}; cut to the ceiling of {}", text, *ceiling));
  }
  return set(count.places(), Cause::capacity, std::move(text));
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
  return capacity::breakdown(found.columns, footprint(terms, *package), rules(terms));
}

capacity::Footprint Decider::footprint(const Terms& terms, const Package& package) const {
  return {package.memory_mb, package.cores, package.storage_gb, package.storage_profile,
          terms.ipv4_addresses};
}

capacity::Rules Decider::rules(const Terms& terms) const {
  return {terms.buffer, policy_.storage_match, policy_.ipv4_cap, policy_.server_slots};
}

}  // namespace vfstock::stock
