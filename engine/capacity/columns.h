// A group's hypervisors laid out in columns, the form in which capacity is counted.
//
// Columns are built once per group answer and then read by every product of the group. Only
// eligible hypervisors have a place in the columns, in the panel's order; addresses are counted in
// an order of their own. Numbers are doubles, exact up to 2^53; infinity says "no quota". Whoever
// holds them as const may share them between threads; only their maker, while nobody else holds
// them, replaces rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/capacity/column.h"
#include "engine/capacity/datastores.h"
#include "engine/capacity/hypervisor.h"

namespace vfstock::capacity {

/// Quotas of one resource, one entry per hypervisor or pool, in the resource's unit.
struct QuotaColumn {
  QuotaColumn() = default;
  /// `size` entries, each to be set.
  explicit QuotaColumn(Place size);
  void set(Place entry, const Quota& quota);

  Column max;   // 0 without a quota
  Column free;  // infinity without a quota
  // At least that of every entry that has a quota; what an entry held before may still count.
  double greatest_max = 0;
  double greatest_free = 0;
};

/// The enabled pools of all hypervisors in the columns, the default mountpoints among them.
struct PoolColumns {
  /// As wide as the rest of a pool, which so has no gaps and can be compared as bytes.
  enum class Mountpoint : std::uint64_t { other, by_default };
  struct Pool {
    Place hypervisor = 0;  // place in the columns
    Mountpoint mountpoint = Mountpoint::other;
    std::int64_t id = 0;
    std::int64_t storage_type = 0;
  };
  std::vector<Pool> pools;  // by ascending hypervisor
  QuotaColumn gigabytes;    // one entry per pool
};

class HypervisorColumns {
 public:
  HypervisorColumns() = default;
  /// `rows` obey hypervisor.h: no magnitude beyond 2^53, no negative max. `revision`: of the group
  /// as it is in these rows, where that is followed from one revision to the next; 0: it is not.
  explicit HypervisorColumns(std::vector<Hypervisor> rows, std::uint64_t revision = 0);

  /// Replaces the row at `index` of rows(), as if the columns had been made of the new rows. Costs
  /// the one hypervisor as long as only its figures have changed. `revision`: of the group once all
  /// the rows that changed are replaced, not below the one before; 0: it is not followed. A group
  /// of which more than figures has changed, be it for a while, is followed in columns made anew.
  void replace_row(std::size_t index, const Hypervisor& row, std::uint64_t revision = 0);
  /// Adds the places of all rows that may have changed since the group had that revision, in any
  /// order; it had the same places then. False: anything may have changed.
  bool replaced_since(std::uint64_t revision, std::vector<Place>& places) const;

  std::size_t size() const noexcept { return rows_.size(); }
  /// The rows in the panel's order, for breakdowns and for the plain reference.
  std::span<const Hypervisor> rows() const noexcept { return rows_; }

  /// How many hypervisors are eligible, hence the length of the columns below.
  Place eligible_size() const noexcept { return servers_free_.size(); }
  const QuotaColumn& memory_mb() const noexcept { return memory_mb_; }
  const QuotaColumn& cores() const noexcept { return cores_; }
  const PoolColumns& pools() const noexcept { return pools_; }
  /// Free server slots, never negative; infinity without a quota.
  const Column& servers_free() const noexcept { return servers_free_; }

  /// Those that stand in more than one place of rows().
  std::span<const Datastore> shared_datastores() const noexcept { return shared_datastores_; }

  /// Free addresses that each hypervisor sees; 0 where the panel gave no figure.
  const Column& addresses() const noexcept { return addresses_; }
  /// The places, those that see the fewest addresses first.
  std::span<const Place> by_addresses() const noexcept { return by_addresses_; }
  /// Whether the panel gave a figure for any row, an ineligible one included.
  bool has_address_figure() const noexcept { return has_address_figure_; }

 private:
  void lay_out();
  void set_quotas(Place place, const Hypervisor& row);
  void fill_columns(std::span<const std::size_t> order);
  void fill_pools(std::span<const std::size_t> order);
  void sort_by_addresses();
  void set_addresses(Place place, double addresses);
  void log(Place place, std::uint64_t revision);

  std::vector<Hypervisor> rows_;
  std::vector<std::optional<Place>> places_;  // of each row in the columns; none: not eligible
  std::vector<std::size_t> first_pools_;      // of each place, its first among the pools
  QuotaColumn memory_mb_;
  QuotaColumn cores_;
  PoolColumns pools_;
  Column servers_free_;
  std::vector<Datastore> shared_datastores_;
  Column addresses_;
  std::vector<Place> by_addresses_;
  bool has_address_figure_ = false;
  /// Rows that were replaced, the last ones at least, by ascending revision.
  struct Replaced {
    std::uint64_t revision;
    Place place;
  };
  std::vector<Replaced> replaced_;
  std::uint64_t replaced_after_ = 0;  // all that were since this revision; 0: that is not known
};

}  // namespace vfstock::capacity
