#include "engine/capacity/prepared_group.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "engine/capacity/column_array.h"
#include "engine/capacity/storage_choice.h"

namespace vfstock::capacity {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
// Where more than this share of the hypervisors has moved, one pass over all of them is faster.
constexpr std::size_t moved_share = 4;

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

bool same_pools(std::span<const PoolColumns::Pool> one, std::span<const PoolColumns::Pool> other) {
  static_assert(std::has_unique_object_representations_v<PoolColumns::Pool>);
  return one.size() == other.size() &&
         (one.empty() || std::memcmp(one.data(), other.data(), one.size_bytes()) == 0);
}

bool is_below(double usable, double bound) { return usable < bound || usable == infinite; }

}  // namespace

/// The resources of one footprint that limit.
struct PreparedGroup::Demands {
  std::array<Demand, demands_max> entries;
  std::size_t count = 0;

  void add(const Column& usable, std::int64_t need) {
    entries[count++] = {usable.data(), divisor(need)};
  }
  std::span<const Demand> span() const { return std::span(entries).first(count); }
};

Preparation::Preparation(const Rules& rules, std::int64_t profile)
    : buffer(rules.buffer),
      storage_match(rules.storage_match),
      server_slots(rules.server_slots),
      storage_profile(named_profile(profile)) {}

PreparedGroup::PreparedGroup(const HypervisorColumns& columns, Preparation preparation,
                             Kernel kernel)
    : preparation_(std::move(preparation)), kernel_(kernel) {
  prepare(columns);
}

std::optional<std::span<const PreparedGroup::Change>> PreparedGroup::prepare(
    const HypervisorColumns& columns, std::uint64_t since) {
  columns_ = &columns;
  const bool in_steps = std::exchange(is_whole_, false) && find_moved(since) &&
                        moved_.size() * moved_share <= columns.eligible_size();
  if (in_steps) {
    prepare_moved();
  } else {
    prepare_all();
  }
  quotient_ = quotient(in_steps);
  is_whole_ = true;
  if (in_steps) return changes_;
  return std::nullopt;
}

void PreparedGroup::prepare_all() {
  memory_mb_.find(columns_->memory_mb(), preparation_.buffer);
  cores_.find(columns_->cores(), preparation_.buffer);
  prepare_storage();
  if (servers_limit()) servers_ = columns_->servers_free();
}

void PreparedGroup::prepare_storage() {
  storage_gb_.assign(columns_->eligible_size(), 0);
  storage_present_.assign(columns_->eligible_size(), 0);
  pools_ = columns_->pools().pools;
  const Column& usable_gb = pools_gb_.find(columns_->pools().gigabytes, preparation_.buffer);
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    if (!names(pools_[i])) continue;
    double& most = storage_gb_[pools_[i].hypervisor];
    most = std::max(most, usable_gb[i]);
    storage_present_[pools_[i].hypervisor] = infinite;
  }
}

/// Whether nothing has changed but what is free.
bool PreparedGroup::is_like_before() const {
  return memory_mb_.is_for(columns_->memory_mb(), preparation_.buffer) &&
         cores_.is_for(columns_->cores(), preparation_.buffer) &&
         pools_gb_.is_for(columns_->pools().gigabytes, preparation_.buffer) &&
         same_pools(pools_, columns_->pools().pools);
}

/// The same of a hypervisor whose row was replaced by one of the same layout.
bool PreparedGroup::is_like_before(Place hypervisor) const {
  const auto pools = pools_of(hypervisor);
  const auto first = static_cast<Place>(pools.data() - pools_.data());
  for (Place entry = first; entry < first + pools.size(); ++entry) {
    if (!pools_gb_.is_for(columns_->pools().gigabytes, entry)) return false;
  }
  return memory_mb_.is_for(columns_->memory_mb(), hypervisor) &&
         cores_.is_for(columns_->cores(), hypervisor);
}

/// Finds the hypervisors of which another amount may be free; false: more than that has changed.
bool PreparedGroup::find_moved(std::uint64_t since) {
  moved_.clear();
  if (since != 0 && columns_->replaced_since(since, moved_)) {
    std::sort(moved_.begin(), moved_.end());
    moved_.erase(std::unique(moved_.begin(), moved_.end()), moved_.end());
    return std::all_of(moved_.begin(), moved_.end(),
                       [this](Place place) { return is_like_before(place); });
  }
  if (!is_like_before()) return false;
  compare_for_moved();
  return true;
}

void PreparedGroup::compare_for_moved() {
  pools_gb_.add_moved(columns_->pools().gigabytes, moved_);
  for (Place& moved : moved_) moved = pools_[moved].hypervisor;
  memory_mb_.add_moved(columns_->memory_mb(), moved_);
  cores_.add_moved(columns_->cores(), moved_);
  if (servers_limit()) add_different(columns_->servers_free(), servers_, moved_);
  std::sort(moved_.begin(), moved_.end());
  moved_.erase(std::unique(moved_.begin(), moved_.end()), moved_.end());
}

void PreparedGroup::prepare_moved() {
  changes_.clear();
  for (const Place place : moved_) {
    const Supply before = supply(place);
    memory_mb_.update(columns_->memory_mb(), place);
    cores_.update(columns_->cores(), place);
    prepare_storage(place);
    if (servers_limit()) servers_[place] = columns_->servers_free()[place];
    changes_.push_back({before, supply(place)});
  }
}

void PreparedGroup::prepare_storage(Place hypervisor) {
  double& most = storage_gb_[hypervisor];
  most = 0;
  for (const PoolColumns::Pool& pool : pools_of(hypervisor)) {
    const auto entry = static_cast<Place>(&pool - pools_.data());
    pools_gb_.update(columns_->pools().gigabytes, entry);
    if (names(pool)) most = std::max(most, pools_gb_.column()[entry]);
  }
}

std::span<const PoolColumns::Pool> PreparedGroup::pools_of(Place hypervisor) const {
  const auto [first, last] = std::equal_range(
      pools_.begin(), pools_.end(), PoolColumns::Pool{.hypervisor = hypervisor},
      [](const auto& one, const auto& other) { return one.hypervisor < other.hypervisor; });
  return {first, last};
}

Supply PreparedGroup::supply(Place hypervisor) const {
  return {memory_mb_.column()[hypervisor], cores_.column()[hypervisor], storage_gb_[hypervisor],
          storage_present_[hypervisor], servers_limit() ? servers_[hypervisor] : infinite};
}

bool PreparedGroup::names(const PoolColumns::Pool& pool) const noexcept {
  return names_pool(preparation_.storage_match, preparation_.storage_profile,
                    pool.mountpoint == PoolColumns::Mountpoint::by_default, pool.id,
                    pool.storage_type);
}

// What is usable of a quota is at most what is free of it. In steps, the others were looked at.
Quotient PreparedGroup::quotient(bool in_steps) const {
  constexpr double bound = reciprocal_exact_below;
  const auto servers_are_below = [&] {
    if (!servers_limit()) return true;
    if (in_steps && quotient_ == Quotient::reciprocal) {
      return std::all_of(moved_.begin(), moved_.end(),
                         [&](Place place) { return is_below(servers_[place], bound); });
    }
    return std::all_of(servers_.begin(), servers_.end(),
                       [&](double servers) { return is_below(servers, bound); });
  };
  const bool all_are_below =
      columns_->memory_mb().greatest_free < bound && columns_->cores().greatest_free < bound &&
      columns_->pools().gigabytes.greatest_free < bound && servers_are_below();
  return all_are_below ? Quotient::reciprocal : Quotient::divide;
}

PreparedGroup::Demands PreparedGroup::demands_of(const Footprint& footprint) const noexcept {
  Demands demands;
  if (footprint.memory_mb > 0) demands.add(memory_mb_.column(), footprint.memory_mb);
  if (footprint.cores > 0) demands.add(cores_.column(), footprint.cores);
  if (footprint.storage_gb > 0) {
    demands.add(storage_gb_, footprint.storage_gb);
  } else {
    demands.add(storage_present_, 1);  // a VPS needs the named storage even for an empty disk
  }
  if (servers_limit()) demands.add(servers_, 1);
  return demands;
}

Count PreparedGroup::fits(const Footprint& footprint) const noexcept {
  const Demands demands = demands_of(footprint);
  const Place end = columns_->eligible_size();
  const double sum = fit_sum(kernel_, quotient_, demands.span(), 0, end);
  if (sum < exact_sum_below) return Count::of(static_cast<std::int64_t>(sum));
  return sum == infinite ? Count::unlimited() : saturating_sum(demands.span(), 0, end);
}

void PreparedGroup::fits_each(const Footprint& footprint, Column& fits) const {
  fits.resize(columns_->eligible_size());
  fit_each(quotient_, demands_of(footprint).span(), fits);
}

}  // namespace vfstock::capacity
