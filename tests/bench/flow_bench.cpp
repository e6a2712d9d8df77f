// How long it takes to count one product exactly where hypervisors share addresses and storage:
// 1,000 hypervisors, 50 address blocks of which each hypervisor draws from two, 20 datastores of
// which each has two. And what it costs where nothing is shared, which must be the plain sum.
#include <algorithm>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/capacity/capacity.h"
#include "engine/capacity/placement.h"
#include "engine/capacity/product_placement.h"
#include "engine/incremental/group_counts.h"

namespace {

using namespace vfstock::capacity;

constexpr std::int64_t blocks_shared = 50, datastores = 20;

StoragePool datastore(std::int64_t number) {
  return {
      number + 1, true, 2, {400'000, (number * 7919) % 60'000}, "store-" + std::to_string(number)};
}

Hypervisor hypervisor(std::int64_t index, bool shares) {
  Hypervisor row;
  row.id = index + 1;
  row.enabled = row.commissioned = true;
  row.memory_mb = {262'144, (index * 7919) % 262'144};
  row.cores = {128, (index * 31) % 128};
  row.local_storage = StoragePool{0, true, 1, {8000, (index * 613) % 8000}};
  if (!shares) {
    row.other_storage = {{index + 1, true, 2, {20'000, (index * 977) % 20'000}}};
    return row;
  }
  row.other_storage = {datastore(index % datastores), datastore((7 * index + 3) % datastores)};
  if (row.other_storage[0].id == row.other_storage[1].id) row.other_storage.pop_back();
  row.ipv4_free = 400;
  return row;
}

HypervisorColumns group_of(std::int64_t size, bool shares) {
  std::vector<Hypervisor> rows;
  for (std::int64_t index = 0; index < size; ++index) rows.push_back(hypervisor(index, shares));
  return HypervisorColumns(std::move(rows));
}

/// Each hypervisor draws from two of them.
AddressBlocks blocks_of(std::int64_t hypervisors) {
  AddressBlocks blocks;
  for (std::int64_t id = 1; id <= blocks_shared; ++id)
    blocks.push_back({id, 40 + id * 13 % 200, {}});
  for (std::int64_t index = 0; index < hypervisors; ++index) {
    const std::int64_t one = index % blocks_shared, other = (11 * index + 5) % blocks_shared;
    for (const std::int64_t block : {one, other}) {
      auto& bound = blocks[static_cast<std::size_t>(block)].hypervisors;
      if (bound.empty() || bound.back() != index + 1) bound.push_back(index + 1);
    }
  }
  return blocks;
}

const Footprint footprint{
    .memory_mb = 4096, .cores = 2, .storage_gb = 80, .storage_profile = 2, .ipv4_addresses = 1};

Rules exact_rules() {
  Rules rules;
  rules.ipv4_cap = Ipv4Cap::exact;
  rules.shared_storage = SharedStorage::by_name;
  return rules;
}

/// From the columns of an answer to the number of places.
void shared(benchmark::State& state) {
  const HypervisorColumns group = group_of(state.range(0), true);
  const AddressBlocks blocks = blocks_of(state.range(0));
  const HypervisorColumns* const asked[] = {&group};
  if (!needs_placement(asked, footprint, exact_rules(), &blocks)) state.SkipWithError("no flow");
  for (auto _ : state) {
    benchmark::DoNotOptimize(product_capacity(asked, footprint, exact_rules(), &blocks));
  }
}

/// The flow alone.
void shared_flow(benchmark::State& state) {
  const HypervisorColumns group = group_of(state.range(0), true);
  const AddressBlocks blocks = blocks_of(state.range(0));
  const HypervisorColumns* const asked[] = {&group};
  const auto wanted = product_placement(asked, footprint, exact_rules(), &blocks);
  for (auto _ : state) benchmark::DoNotOptimize(place(wanted.problem));
}

void count_again(benchmark::State& state, const Rules& rules) {
  const HypervisorColumns group = group_of(state.range(0), false);
  const FoundGroup asked[] = {{1, 1, &group}};
  vfstock::incremental::GroupCounts counts;
  for (auto _ : state) {
    benchmark::DoNotOptimize(counts.product_capacity(asked, footprint, rules));
  }
}

/// Nothing is shared: under the exact rules, and under rules that know of no sharing.
void unshared_exact(benchmark::State& state) { count_again(state, exact_rules()); }
void unshared_plain(benchmark::State& state) { count_again(state, Rules{}); }

BENCHMARK(shared)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(shared_flow)->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(unshared_exact)->Arg(1000);
BENCHMARK(unshared_plain)->Arg(1000);

}  // namespace
