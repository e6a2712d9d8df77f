#include "sim/invariants/reserved.h"

#include <algorithm>

#include "sim/invariants/recount_shared.h"
#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {
namespace {

bool shares(const std::vector<std::int64_t>& one, const std::vector<std::int64_t>& other) {
  return std::any_of(one.begin(), one.end(), [&](std::int64_t id) {
    return std::find(other.begin(), other.end(), id) != other.end();
  });
}

std::int64_t share(std::int64_t theirs, std::int64_t ours) {
  return ours > 0 && theirs > 0 ? (theirs + ours - 1) / ours : 0;
}

// Each takes a server slot, so the least is one place.
std::int64_t places_taken(const Reserved::Order& order, const Counted& counted) {
  std::int64_t most = 1;
  most = std::max(most, share(order.needs->memory_mb, counted.package.memory_mb));
  most = std::max(most, share(order.needs->cores, counted.package.cores));
  most = std::max(most, share(order.needs->storage_gb, counted.package.storage_gb));
  most = std::max(most, share(order.addresses.value_or(0), counted.addresses.value_or(0)));
  return most * order.servers;
}

/// The order's own package and those that options offer; empty where one of them is not known.
std::vector<PackageFacts> known_packages(const Reading<PackageFacts>& own,
                                         const ShopColumns& columns, const Knowledge& knowledge,
                                         Time now) {
  std::vector<PackageFacts> packages{own.facts};
  for (const std::int64_t id : columns.options.packages) {
    if (id == columns.package) continue;
    const Reading<PackageFacts> other = knowledge.package(id, now);
    if (other.known == Known::missing) continue;
    if (other.known != Known::found) return {};
    if (other.facts.enabled) packages.push_back(other.facts);
  }
  return packages;
}

/// What was chosen is not told, so the most of everything is held.
void take_largest(Reserved::Order& order, const std::vector<Need>& needs) {
  for (const Need& need : needs) {
    if (!order.needs) order.needs = need.package;
    order.needs->memory_mb = std::max(order.needs->memory_mb, need.package.memory_mb);
    order.needs->cores = std::max(order.needs->cores, need.package.cores);
    order.needs->storage_gb = std::max(order.needs->storage_gb, need.package.storage_gb);
    order.addresses = greater(order.addresses.value_or(0), need.addresses.value_or(0));
  }
}

Places less(Places places, const std::vector<std::int64_t>& groups, const Counted& counted,
            const Reserved& reserved) {
  if (!places) return places;
  for (const Reserved::Order& order : reserved.orders) {
    if (order.needs && shares(order.groups, groups)) *places -= places_taken(order, counted);
  }
  return std::max<std::int64_t>(*places, 0);
}

}  // namespace

bool Reserved::unknown_for(const std::vector<std::int64_t>& groups) const {
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    return !order.needs && shares(order.groups, groups);
  });
}

bool Reserved::may_be_unknown_for(const std::vector<std::int64_t>& groups) const {
  return std::any_of(open.begin(), open.end(),
                     [&](const auto& theirs) { return shares(theirs, groups); });
}

Reserved read_reserved(const std::vector<Held>& held, const Knowledge& knowledge,
                       const Expectations& expectations, Time now) {
  Reserved reserved;
  if (!expectations.reserve_pending) return reserved;
  for (const auto& [waiting, row] : held) {
    if (now - waiting.ordered >= std::chrono::days{7} || waiting.qty <= 0) continue;
    const ShopColumns columns = read_columns(row, expectations);
    if (columns.other_panel || columns.package <= 0) continue;
    Reserved::Order order{columns.groups, std::nullopt, columns.addresses, waiting.qty};
    const std::int64_t chosen = leading_number(waiting.option.value_or(""));
    if (chosen > 0) order.groups = {chosen};
    const Reading<PackageFacts> package = knowledge.package(columns.package, now);
    if (package.may_keep) reserved.open.push_back(order.groups);
    if (package.known == Known::missing) continue;
    if (package.known == Known::found) {
      take_largest(order, largest_needs(known_packages(package, columns, knowledge, now),
                                        columns.addresses, columns.options));
    }
    reserved.orders.push_back(std::move(order));
  }
  return reserved;
}

Places places_left(const std::vector<FoundGroup>& groups, const Counted& counted,
                   const Reserved& reserved, const Expectations& expectations) {
  std::vector<const GroupFacts*> all;
  std::vector<std::int64_t> ids;
  for (const FoundGroup& group : groups) {
    all.push_back(group.facts);
    ids.push_back(group.id);
  }
  const bool concerned =
      std::any_of(reserved.orders.begin(), reserved.orders.end(),
                  [&](const Reserved::Order& order) { return shares(order.groups, ids); });
  const bool by_blocks = blocks_told(all, expectations) != nullptr;
  if (!concerned || by_blocks || expectations.ipv4_cap == "nested") {
    return less(recount(all, counted, expectations), ids, counted, reserved);
  }
  Places total = 0;
  for (const FoundGroup& group : groups) {
    const Places left =
        less(recount({group.facts}, counted, expectations), {group.id}, counted, reserved);
    if (!left) return std::nullopt;
    *total += *left;
  }
  return total;
}

}  // namespace vfstock::sim::invariants
