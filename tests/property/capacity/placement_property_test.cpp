// The flow against the plain one, and what its minimum cut must be.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/capacity/placement.h"
#include "tests/oracle/plain_flow.h"
#include "tests/property/capacity/arbitrary.h"

namespace vfstock::capacity {
namespace {

using test::between;

Count any_count() {
  if (*between(0, 9) == 0) return Count::unlimited();
  return Count::of(
      *rc::gen::weightedOneOf<std::int64_t>({{8, between(0, 12)}, {1, test::magnitude()}}));
}

PlacementProblem any_problem() {
  PlacementProblem problem;
  const std::int64_t supplies = *between(0, 4), pools = *between(0, 3), hosts = *between(0, 6);
  for (std::int64_t i = 0; i < supplies; ++i) {
    AddressSupply supply{any_count(), {}};
    if (i > 0 && *between(0, 3) == 0) supply.part_of = static_cast<std::size_t>(*between(0, i - 1));
    problem.supplies.push_back(supply);
  }
  for (std::int64_t i = 0; i < pools; ++i) problem.pools.push_back(any_count());
  for (std::int64_t i = 0; i < hosts; ++i) {
    const auto host = static_cast<std::size_t>(i);
    problem.hosts.push_back({any_count(), any_count(), *between(0, 2) > 0});
    for (std::int64_t s = 0; s < supplies && problem.hosts.back().addresses; ++s) {
      if (*between(0, 1) == 0) {
        problem.address_links.push_back({host, static_cast<std::size_t>(s)});
      }
    }
    for (std::int64_t p = 0; p < pools; ++p) {
      if (*between(0, 1) == 0) problem.storage_links.push_back({host, static_cast<std::size_t>(p)});
    }
  }
  return problem;
}

/// Without any of the shortcuts: two nodes for each host, whatever it needs.
Count plain(const PlacementProblem& problem) {
  oracle::PlainFlow flow;
  std::vector<std::size_t> supplies, pools, in, out;
  for (const AddressSupply& supply : problem.supplies) {
    supplies.push_back(flow.node());
    flow.connect(supply.part_of ? supplies[*supply.part_of] : oracle::PlainFlow::source,
                 supplies.back(), supply.serves);
  }
  for (const Count pool : problem.pools) {
    pools.push_back(flow.node());
    flow.connect(pools.back(), oracle::PlainFlow::sink, pool);
  }
  for (const PlacementHost& host : problem.hosts) {
    in.push_back(flow.node());
    out.push_back(flow.node());
    if (!host.addresses) flow.connect(oracle::PlainFlow::source, in.back(), Count::unlimited());
    flow.connect(in.back(), out.back(), host.takes);
    flow.connect(out.back(), oracle::PlainFlow::sink, host.own_storage);
  }
  for (const PlacementLink& link : problem.address_links) {
    flow.connect(supplies[link.other], in[link.host], Count::unlimited());
  }
  for (const PlacementLink& link : problem.storage_links) {
    flow.connect(out[link.host], pools[link.other], Count::unlimited());
  }
  return flow.maximum();
}

RC_GTEST_PROP(PlacementProperty, IsThePlainMaximumFlow, ()) {
  const PlacementProblem problem = any_problem();
  RC_ASSERT(place(problem).places == plain(problem));
}

RC_GTEST_PROP(PlacementProperty, TheLimitsOfTheCutAddUpToWhatIsPlaced, ()) {
  const PlacementProblem problem = any_problem();
  const Placement placement = place(problem);
  RC_PRE(!placement.places.is_unlimited());
  Count cut;
  for (const std::size_t supply : placement.supplies) cut += problem.supplies[supply].serves;
  for (const std::size_t host : placement.hosts) cut += problem.hosts[host].takes;
  for (const std::size_t host : placement.own_storage) cut += problem.hosts[host].own_storage;
  for (const std::size_t pool : placement.pools) cut += problem.pools[pool];
  RC_ASSERT(cut == placement.places);
}

/// Every hypervisor is bound to some of a few blocks; ids are those of rows.
AddressBlocks any_blocks(const test::Rows& rows) {
  AddressBlocks blocks;
  for (std::int64_t id = 1; id <= *between(0, 4); ++id) {
    AddressBlock block{id, *between(0, 30), {}};
    for (const auto& group : rows) {
      for (const Hypervisor& row : group) {
        if (*between(0, 1) == 0) block.hypervisors.push_back(row.id);
      }
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

RC_GTEST_PROP(PlacementProperty, CountsAProductByBlocksAsThePlainRulesDo, ()) {
  test::Rows rows = test::any_rows();
  std::int64_t id = 0;
  for (auto& group : rows) {
    for (Hypervisor& row : group) row.id = ++id;
  }
  const AddressBlocks blocks = any_blocks(rows);
  const test::Groups groups = test::columns_of(rows);
  const auto asked = test::pointers(groups);
  Rules rules = test::any_rules();
  rules.ipv4_cap = Ipv4Cap::exact;
  const Footprint footprint = test::any_footprint();
  const Count count = product_capacity(asked, footprint, rules, &blocks);
  RC_ASSERT(count == oracle::product_capacity(asked, footprint, rules, &blocks));
  RC_ASSERT(count == breakdown(asked, footprint, rules, &blocks).capacity);
  CapacityBatch batch;
  RC_ASSERT(count == batch.product_capacity(test::numbered(asked), footprint, rules, &blocks));
}

}  // namespace
}  // namespace vfstock::capacity
