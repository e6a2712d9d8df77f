#include <algorithm>
#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/capacity/arbitrary.h"

namespace vfstock::capacity {
namespace {

using test::any_footprint;
using test::any_rows;
using test::any_rules;
using test::between;
using test::Rows;

Count count(const Rows& rows, const Footprint& footprint, const Rules& rules) {
  const test::Groups groups = test::columns_of(rows);
  return product_capacity(test::pointers(groups), footprint, rules);
}

RC_GTEST_PROP(CapacityProperty, ColumnsKernelsBreakdownAndPlainRulesAgree, ()) {
  const test::Groups groups = test::columns_of(any_rows());
  const auto told = test::count_every_way(groups, any_footprint(), any_rules());
  for (const test::Told& one : told) {
    RC_LOG() << one.by << ' ' << testing::PrintToString(one.count) << '\n';
    RC_ASSERT(one.count == told.front().count);
  }
}

RC_GTEST_PROP(CapacityProperty, ABatchCountsEachProductAsIfAlone, ()) {
  const test::Groups groups = test::columns_of(any_rows());
  const auto asked = test::pointers(groups);
  CapacityBatch batch;
  const std::vector<Rules> rules{any_rules(), any_rules()};
  for (std::int64_t left = 6; left > 0; --left) {
    const Rules& chosen = rules[static_cast<std::size_t>(left % 2)];
    const Footprint footprint = any_footprint();
    RC_ASSERT(batch.product_capacity(test::numbered(asked), footprint, chosen) ==
              oracle::product_capacity(asked, footprint, chosen));
  }
}

RC_GTEST_PROP(CapacityProperty, AReplacedRowCountsAsIfItHadAlwaysBeenThere, ()) {
  std::vector<Hypervisor> group;
  for (std::int64_t left = *between(1, 11); left > 0; --left) {
    group.push_back(test::any_hypervisor());
  }
  HypervisorColumns replaced(group);
  const Footprint footprint = any_footprint();
  const Rules rules = any_rules();
  for (int times = *rc::gen::inRange(1, 4); times > 0; --times) {
    const auto at = *rc::gen::inRange<std::size_t>(0, group.size());
    Hypervisor row = group[*rc::gen::inRange<std::size_t>(0, group.size())];
    if (*rc::gen::arbitrary<bool>()) {  // nothing but the quotas moves
      row = group[at];
      row.memory_mb.free = *rc::gen::inRange<std::int64_t>(0, 10'000);
      row.cores.max = *rc::gen::inRange<std::int64_t>(0, 100);
      if (row.local_storage) row.local_storage->gigabytes.free = 10 * times;
      if (!row.other_storage.empty()) row.other_storage.back().gigabytes = {100, 20 * times};
    }
    group[at] = row;
    replaced.replace_row(at, row);
  }
  const HypervisorColumns anew(group);
  const HypervisorColumns* const one[] = {&replaced};
  const HypervisorColumns* const other[] = {&anew};
  const Count count = product_capacity(other, footprint, rules);
  RC_ASSERT(product_capacity(one, footprint, rules) == count);
  RC_ASSERT(std::ranges::equal(replaced.rows(), anew.rows()));
}

RC_GTEST_PROP(CapacityProperty, OrderDoesNotMatter, ()) {
  Rows rows = any_rows();
  const Footprint footprint = any_footprint();
  const Rules rules = any_rules();
  const Count before = count(rows, footprint, rules);
  std::reverse(rows.begin(), rows.end());
  for (std::vector<Hypervisor>& group : rows) {
    const auto turn = static_cast<std::ptrdiff_t>(group.size()) / 2;
    std::rotate(group.begin(), group.begin() + turn, group.end());
  }
  RC_ASSERT(count(rows, footprint, rules) == before);
}

/// A quota, pool or address figure of any row, as something that can be raised; null when there is
/// none of the kind chosen.
std::int64_t* any_free_figure(Rows& rows) {
  std::vector<std::int64_t*> figures;
  for (std::vector<Hypervisor>& group : rows) {
    for (Hypervisor& row : group) {
      figures.insert(figures.end(), {&row.memory_mb.free, &row.cores.free});
      if (row.servers) figures.push_back(&row.servers->free);
      if (row.local_storage) figures.push_back(&row.local_storage->gigabytes.free);
      for (StoragePool& pool : row.other_storage) figures.push_back(&pool.gigabytes.free);
      if (row.ipv4_free) figures.push_back(&*row.ipv4_free);
    }
  }
  if (figures.empty()) return nullptr;
  return figures[static_cast<std::size_t>(*between(0, std::ssize(figures) - 1))];
}

RC_GTEST_PROP(CapacityProperty, MoreFreeNeverLowersIt, ()) {
  Rows rows = any_rows();
  const Footprint footprint = any_footprint();
  const Rules rules = any_rules();
  const Count before = count(rows, footprint, rules);
  if (std::int64_t* const free = any_free_figure(rows)) {
    *free = std::min(*free + *between(1, 100'000), test::two_to_53);
  }
  RC_ASSERT(count(rows, footprint, rules) >= before);
}

RC_GTEST_PROP(CapacityProperty, ALargerBufferNeverRaisesIt, ()) {
  const Rows rows = any_rows();
  const Footprint footprint = any_footprint();
  Rules smaller = any_rules();
  Rules larger = smaller;
  larger.buffer = Percent::parse(test::any_percent_text()).value();
  if (larger.buffer < smaller.buffer) std::swap(larger.buffer, smaller.buffer);
  RC_ASSERT(count(rows, footprint, larger) <= count(rows, footprint, smaller));
}

RC_GTEST_PROP(CapacityProperty, ALargerNeedNeverRaisesIt, ()) {
  const Rows rows = any_rows();
  const Rules rules = any_rules();
  const Footprint smaller = any_footprint();
  Footprint larger = smaller;
  const auto raise = [](std::int64_t& need) {
    need += std::min(*between(0, 100), INT64_MAX - std::max<std::int64_t>(need, 0));
  };
  raise(larger.memory_mb);
  raise(larger.cores);
  raise(larger.storage_gb);
  raise(larger.ipv4_addresses);
  RC_ASSERT(count(rows, larger, rules) <= count(rows, smaller, rules));
}

RC_GTEST_PROP(CapacityProperty, AnotherHypervisorWithAFigureNeverLowersIt, ()) {
  Rows rows = any_rows();
  RC_PRE(!rows.empty());
  for (std::vector<Hypervisor>& group : rows) {
    for (Hypervisor& row : group) row.ipv4_free = row.ipv4_free.value_or(0);
  }
  const Footprint footprint = any_footprint();
  Rules rules = any_rules();
  rules.shared_storage = SharedStorage::none;  // what it has allocated there is gone for others
  // An empty group has no figure, hence no cap, and nothing to cap.
  const Count before = count(rows, footprint, rules);
  rows.front().push_back(test::any_hypervisor());
  rows.front().back().ipv4_free = *between(0, 30);
  RC_ASSERT(count(rows, footprint, rules) >= before);
}

RC_GTEST_PROP(CapacityProperty, NestedNeverExceedsGroupMaxNorWhatFits, ()) {
  const Rows rows = any_rows();
  const Footprint footprint = any_footprint();
  Rules nested = any_rules();
  nested.ipv4_cap = Ipv4Cap::nested;
  Rules group_max = nested;
  group_max.ipv4_cap = Ipv4Cap::group_max;
  Footprint without_addresses = footprint;
  without_addresses.ipv4_addresses = 0;
  RC_ASSERT(count(rows, footprint, nested) <= count(rows, footprint, group_max));
  RC_ASSERT(count(rows, footprint, group_max) <= count(rows, without_addresses, group_max));
}

struct Seen {
  Count served;
  Count fits;
};

/// The smallest cut between servers and nested blocks: whoever sees at most so many addresses
/// shares them, and everybody else is filled to the brim. Without any figure there are no blocks to
/// cut.
Count smallest_cut(const std::vector<Seen>& hypervisors, bool any_figure) {
  Count smallest;
  for (const Seen& hypervisor : hypervisors) smallest += hypervisor.fits;
  if (!any_figure) return smallest;
  for (const Seen& limit : hypervisors) {
    Count cut = limit.served;
    for (const Seen& other : hypervisors) {
      if (other.served > limit.served) cut += other.fits;
    }
    smallest = std::min(smallest, cut);
  }
  return smallest;
}

RC_GTEST_PROP(CapacityProperty, NestedIsTheMaximumFlowThroughNestedBlocks, ()) {
  const test::Groups groups = test::columns_of(any_rows());
  Footprint footprint = any_footprint();
  footprint.ipv4_addresses = std::max<std::int64_t>(footprint.ipv4_addresses, 1);
  Rules rules = any_rules();
  rules.ipv4_cap = Ipv4Cap::nested;
  rules.shared_storage = SharedStorage::none;
  const Breakdown derivation = breakdown(test::pointers(groups), footprint, rules);
  bool any_figure = false;
  std::vector<Seen> hypervisors;
  for (const GroupBreakdown& group : derivation.groups) {
    for (const HypervisorBreakdown& hypervisor : group.hypervisors) {
      any_figure = any_figure || hypervisor.ipv4;
      if (hypervisor.skipped != Skipped::no) continue;
      hypervisors.push_back({hypervisor.ipv4.value_or(Count{}), hypervisor.fits});
    }
  }
  RC_ASSERT(product_capacity(test::pointers(groups), footprint, rules) ==
            smallest_cut(hypervisors, any_figure));
}

RC_GTEST_PROP(CapacityProperty, ABreakdownShowsABindingDimensionThatAttainsTheFits, ()) {
  const test::Groups groups = test::columns_of(any_rows());
  Rules rules = any_rules();
  rules.shared_storage = SharedStorage::none;  // shares add up
  const Breakdown derivation = breakdown(test::pointers(groups), any_footprint(), rules);
  for (const GroupBreakdown& group : derivation.groups) {
    Count sum;
    for (const HypervisorBreakdown& hypervisor : group.hypervisors) {
      sum += hypervisor.fits;
      const Count shown[] = {hypervisor.memory, hypervisor.cores, hypervisor.storage,
                             hypervisor.servers};
      RC_ASSERT(hypervisor.fits == *std::min_element(std::begin(shown), std::end(shown)));
      const auto binding = static_cast<std::size_t>(hypervisor.binding);
      if (binding < std::size(shown)) RC_ASSERT(shown[binding] == hypervisor.fits);
    }
    RC_ASSERT(group.before_ipv4 == sum);
    RC_ASSERT(group.capacity == std::min(sum, group.ipv4_cap.value_or(sum)));
  }
}

}  // namespace
}  // namespace vfstock::capacity
