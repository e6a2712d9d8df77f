// How fast capacity is counted: one group at growing sizes in every form, and a shop's whole sweep.
//
// Rates are per hypervisor and product ("items"). The fleet is made from the index alone, so every
// run and machine counts the same one.
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/capacity/capacity.h"
#include "engine/capacity/capacity_batch.h"
#include "tests/oracle/plain_count.h"

namespace {

using namespace vfstock::capacity;

Hypervisor hypervisor(std::int64_t index) {
  Hypervisor row;
  row.id = index + 1;
  row.enabled = true;
  row.commissioned = true;
  row.prohibited = index % 17 == 16;
  row.memory_mb = {262144 + index % 7 * 65536, (index * 7919) % 262144};
  row.cores = {128, (index * 31) % 128};
  row.local_storage = StoragePool{0, true, 1, {8000, (index * 613) % 8000}};
  row.other_storage = {{index + 1, true, 2, {20000, (index * 977) % 20000}}};
  row.ipv4_free = 200 + index % 5 * 1000;
  return row;
}

HypervisorColumns group_of(std::int64_t size) {
  std::vector<Hypervisor> rows;
  for (std::int64_t index = 0; index < size; ++index) rows.push_back(hypervisor(index));
  return HypervisorColumns(std::move(rows));
}

/// The footprint of the `index`-th product, each different.
Footprint footprint(std::int64_t index) {
  return {.memory_mb = 1024 + index * 96,
          .cores = 1 + index % 16,
          .storage_gb = 10 + index,
          .storage_profile = 1 + index % 2,
          .ipv4_addresses = 1};
}

void report_rate(benchmark::State& state, std::int64_t hypervisors_per_iteration) {
  state.SetItemsProcessed(state.iterations() * hypervisors_per_iteration);
}

void group_with_kernel(benchmark::State& state, Kernel kernel) {
  if (!runs_here(kernel)) {
    state.SkipWithError("this processor lacks the kernel");
    return;
  }
  const HypervisorColumns group = group_of(state.range(0));
  const PreparedGroup prepared(group, Preparation(Rules{}, footprint(0).storage_profile), kernel);
  const PreparedGroup* const asked[] = {&prepared};
  for (auto _ : state) {
    benchmark::DoNotOptimize(product_capacity(asked, footprint(0), Ipv4Cap::group_max));
  }
  report_rate(state, state.range(0));
}

void group_avx2(benchmark::State& state) { group_with_kernel(state, Kernel::avx2); }
void group_portable(benchmark::State& state) { group_with_kernel(state, Kernel::portable); }

template <auto count>
void group_by(benchmark::State& state) {
  const HypervisorColumns group = group_of(state.range(0));
  const HypervisorColumns* const only = &group;
  const std::span<const HypervisorColumns* const> asked(&only, 1);
  for (auto _ : state) benchmark::DoNotOptimize(count(asked, footprint(0), Rules{}));
  report_rate(state, state.range(0));
}

void group_unprepared(benchmark::State& state) {
  group_by<static_cast<Count (*)(std::span<const HypervisorColumns* const>, const Footprint&,
                                 const Rules&)>(&product_capacity)>(state);
}
void group_scalar(benchmark::State& state) { group_by<&vfstock::oracle::product_capacity>(state); }
void group_breakdown(benchmark::State& state) { group_by<&breakdown>(state); }

/// From the rows as the panel's decoder hands them over, to one product's count.
void group_from_rows(benchmark::State& state) {
  const HypervisorColumns group = group_of(state.range(0));
  const std::vector<Hypervisor> rows(group.rows().begin(), group.rows().end());
  for (auto _ : state) {
    const HypervisorColumns fresh(rows);
    const HypervisorColumns* const asked[] = {&fresh};
    benchmark::DoNotOptimize(product_capacity(asked, footprint(0), Rules{}));
  }
  report_rate(state, state.range(0));
}

BENCHMARK(group_avx2)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(group_portable)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(group_unprepared)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(group_from_rows)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(group_breakdown)->Arg(100)->Arg(1'000)->Arg(10'000);
BENCHMARK(group_scalar)->Arg(100)->Arg(1'000)->Arg(10'000);

constexpr std::int64_t sweep_products = 300;
constexpr std::int64_t sweep_groups = 20;
constexpr std::int64_t sweep_hypervisors = 50;

void sweep(benchmark::State& state, Ipv4Cap ipv4_cap) {
  const std::vector<HypervisorColumns> groups(sweep_groups, group_of(sweep_hypervisors));
  std::vector<FoundGroup> asked;
  for (const HypervisorColumns& group : groups) {
    asked.push_back({static_cast<std::int64_t>(asked.size()), 1, &group});
  }
  Rules rules;
  rules.ipv4_cap = ipv4_cap;
  for (auto _ : state) {
    CapacityBatch batch;
    for (std::int64_t product = 0; product < sweep_products; ++product) {
      benchmark::DoNotOptimize(batch.product_capacity(asked, footprint(product), rules));
    }
  }
  report_rate(state, sweep_products * sweep_groups * sweep_hypervisors);
}

void sweep_300_products_20_groups_of_50(benchmark::State& state) {
  sweep(state, Ipv4Cap::group_max);
}
void sweep_300_products_20_groups_of_50_nested(benchmark::State& state) {
  sweep(state, Ipv4Cap::nested);
}
BENCHMARK(sweep_300_products_20_groups_of_50);
BENCHMARK(sweep_300_products_20_groups_of_50_nested);

/// One group of 1,000 hypervisors; each draws from five of 50 blocks and uses one of 20 datastores.
struct SharingFleet {
  static constexpr std::int64_t hypervisors = 1000, block_count = 50, datastores = 20;

  std::vector<HypervisorColumns> group;
  AddressBlocks blocks;
  Footprint footprint{.memory_mb = 2048, .cores = 2, .storage_gb = 40, .storage_profile = 2};
  Rules rules;

  SharingFleet() {
    rules.ipv4_cap = Ipv4Cap::exact;
    rules.shared_storage = SharedStorage::by_name;
    rules.server_slots = ServerSlots::enforce;
    for (std::int64_t id = 1; id <= block_count; ++id) blocks.push_back({id, 150 + id * 7, {}});
    std::vector<Hypervisor> rows;
    for (std::int64_t index = 0; index < hypervisors; ++index) {
      Hypervisor row = hypervisor(index);
      row.prohibited = false;
      row.servers = Quota{60, 60 - index % 50};
      row.other_storage.front().datastore = "rbd-" + std::to_string(index * 7 % datastores);
      row.other_storage.front().gigabytes = {40'000, 40'000 - index % 700};
      row.ipv4_free = 2000;
      for (std::int64_t step = 0; step < 5; ++step) {
        const auto block = static_cast<std::size_t>((index * 11 + step * step * 3) % block_count);
        std::vector<std::int64_t>& bound = blocks[block].hypervisors;
        if (bound.empty() || bound.back() != row.id) bound.push_back(row.id);
      }
      rows.push_back(std::move(row));
    }
    group.emplace_back(std::move(rows));
  }
};

void flow_of_1000_hypervisors_50_blocks_20_pools(benchmark::State& state) {
  const SharingFleet fleet;
  const HypervisorColumns* const asked[] = {&fleet.group.front()};
  for (auto _ : state) {
    benchmark::DoNotOptimize(product_capacity(asked, fleet.footprint, fleet.rules, &fleet.blocks));
  }
}
BENCHMARK(flow_of_1000_hypervisors_50_blocks_20_pools)->Unit(benchmark::kMicrosecond);

}  // namespace
