#include "engine/capacity/prepared_group.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/capacity/column_array.h"
#include "engine/capacity/storage_choice.h"

namespace vfstock::capacity {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double exact_sum_below = 0x1p53;
constexpr std::int64_t usable_max = std::int64_t{1} << 53;
// The next double above usable_max: nothing can give this much, and every greater need has the same
// quotients, zero.
constexpr double need_beyond_all = 0x1p53 + 2;

/// The resources of one footprint that limit.
struct Demands {
  std::array<Demand, demands_max> entries;
  std::size_t count = 0;

  void add(const Column& usable, std::int64_t need) {
    entries[count++] = {usable.data(),
                        need > usable_max ? need_beyond_all : static_cast<double>(need)};
  }
  std::span<const Demand> span() const { return std::span(entries).first(count); }
};

/// The same sum in whole numbers, for sums that doubles cannot hold. No term is infinite.
Count saturating_sum(std::span<const Demand> demands, Place begin, Place end) {
  Count sum;
  for (Place place = begin; place < end; ++place) {
    double smallest = infinite;
    for (const Demand& demand : demands) {
      smallest = std::min(smallest, std::floor(demand.usable[place] / demand.need));
    }
    sum += Count::of(static_cast<std::int64_t>(smallest));
  }
  return sum;
}

bool finite_below(const Column& column, double bound) {
  const auto entries = as_array(column);
  return ((entries < bound) || (entries == infinite)).all();
}

}  // namespace

PreparedGroup::PreparedGroup(const HypervisorColumns& columns, const Rules& rules,
                             std::int64_t storage_profile, Kernel kernel)
    : kernel_(kernel) {
  prepare(columns, rules, storage_profile);
}

void PreparedGroup::prepare(const HypervisorColumns& columns, const Rules& rules,
                            std::int64_t storage_profile) {
  columns_ = &columns;
  server_slots_limit_ = rules.server_slots == ServerSlots::enforce;
  memory_mb_.find(columns.memory_mb(), rules.buffer);
  cores_.find(columns.cores(), rules.buffer);
  prepare_storage(rules, storage_profile);
  quotient_ = all_usable_below(reciprocal_exact_below) ? Quotient::reciprocal : Quotient::divide;
}

void PreparedGroup::prepare_storage(const Rules& rules, std::int64_t storage_profile) {
  storage_gb_.assign(columns_->eligible_size(), 0);
  storage_present_.assign(columns_->eligible_size(), 0);
  const PoolColumns& columns = columns_->pools();
  const Column& usable_gb = pools_gb_.find(columns.gigabytes, rules.buffer);
  for (std::size_t i = 0; i < columns.pools.size(); ++i) {
    const PoolColumns::Pool& pool = columns.pools[i];
    if (!names_pool(rules.storage_match, storage_profile, pool.default_mountpoint, pool.id,
                    pool.storage_type)) {
      continue;
    }
    double& most = storage_gb_[pool.hypervisor];
    most = std::max(most, usable_gb[i]);
    storage_present_[pool.hypervisor] = infinite;
  }
}

// What is usable of a quota is at most what is free of it.
bool PreparedGroup::all_usable_below(double bound) const {
  return columns_->memory_mb().greatest_free < bound && columns_->cores().greatest_free < bound &&
         columns_->pools().gigabytes.greatest_free < bound &&
         (!server_slots_limit_ || finite_below(columns_->servers_free(), bound));
}

Count PreparedGroup::fits(const Footprint& footprint) const noexcept {
  return fits(footprint, 0, columns_->eligible_size());
}

Count PreparedGroup::fits(const Footprint& footprint, const AddressRun& run) const noexcept {
  return fits(footprint, run.begin, run.end);
}

Count PreparedGroup::fits(const Footprint& footprint, Place begin, Place end) const noexcept {
  Demands demands;
  if (footprint.memory_mb > 0) demands.add(memory_mb_.column(), footprint.memory_mb);
  if (footprint.cores > 0) demands.add(cores_.column(), footprint.cores);
  if (footprint.storage_gb > 0) {
    demands.add(storage_gb_, footprint.storage_gb);
  } else {
    demands.add(storage_present_, 1);  // a VPS needs the named storage even for an empty disk
  }
  if (server_slots_limit_) demands.add(columns_->servers_free(), 1);
  const double sum = fit_sum(kernel_, quotient_, demands.span(), begin, end);
  if (sum < exact_sum_below) return Count::of(static_cast<std::int64_t>(sum));
  return sum == infinite ? Count::unlimited() : saturating_sum(demands.span(), begin, end);
}

}  // namespace vfstock::capacity
