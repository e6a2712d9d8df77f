// Counts that follow their groups from revision to revision against counting by the plain rules.
#include <algorithm>
#include <array>
#include <optional>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/incremental/group_counts.h"
#include "tests/property/capacity/arbitrary.h"

namespace vfstock::incremental {
namespace {

using namespace capacity;
using test::any_footprint;
using test::any_rules;
using test::between;

RC_GTEST_PROP(GroupCounts, AReplacedRowCountsAsIfItHadAlwaysBeenThere, ()) {
  std::vector<Hypervisor> group;
  for (std::int64_t left = *between(1, 11); left > 0; --left) {
    group.push_back(test::any_hypervisor());
  }
  HypervisorColumns replaced(group);
  const Footprint footprint = any_footprint();
  const Rules rules = any_rules();
  GroupCounts counts;  // what it remembers of one version must not pass for another
  for (int times = *rc::gen::inRange(1, 4); times > 0; --times) {
    counts.product_capacity(std::array{FoundGroup{1, static_cast<std::uint64_t>(times), &replaced}},
                            footprint, rules);
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
  RC_ASSERT(counts.product_capacity(std::array{FoundGroup{1, 0, &replaced}}, footprint, rules) ==
            count);
  RC_ASSERT(std::ranges::equal(replaced.rows(), anew.rows()));
}

/// A hypervisor with room in every dimension, so that each may be the one that limits.
Hypervisor roomy_hypervisor() {
  Hypervisor row;
  row.enabled = row.commissioned = true;
  row.memory_mb = {64, *between(0, 64)};
  row.cores = {32, *between(0, 32)};
  row.servers = Quota{16, *between(0, 16)};
  row.local_storage = StoragePool{0, true, 1, {80, *between(0, 80)}};
  row.other_storage = {{5, true, 2, {80, *between(0, 80)}}, {6, true, 2, {80, *between(0, 80)}}};
  row.ipv4_free = *between(0, 60);
  return row;
}

Footprint small_footprint() {
  return {.memory_mb = *between(0, 6),
          .cores = *between(0, 3),
          .storage_gb = *between(0, 8),
          .storage_profile = *between(0, 2),
          .ipv4_addresses = *between(0, 2)};
}

/// One of its figures moves as servers come and go, or it is another from now on.
void change(Hypervisor& row) {
  switch (*between(0, 8)) {
    case 0:
      row.memory_mb.free = *between(-3, 64);
      return;
    case 1:
      row.cores.free = *between(-3, 32);
      return;
    case 2:
      row.servers = Quota{16, *between(-3, 16)};
      return;
    case 6:
      row.servers.reset();  // no limit
      return;
    case 7:
      row.ipv4_free = *between(0, 60);
      return;
    case 3:
      row.local_storage->gigabytes.free = *between(-3, 80);
      return;
    case 4:
      row.other_storage.at(static_cast<std::size_t>(*between(0, 1))).gigabytes.free =
          *between(-3, 80);
      return;
    case 5:
      row.other_storage.at(0).storage_type = *between(1, 2);
      return;
    default:
      row = roomy_hypervisor();
  }
}

RC_GTEST_PROP(GroupCounts, FollowAGroupThatChangesInSteps, ()) {
  std::vector<Hypervisor> rows;
  for (std::int64_t left = *between(5, 16); left > 0; --left) rows.push_back(roomy_hypervisor());
  const std::vector<Rules> rules{any_rules(), any_rules()};
  std::vector<Footprint> footprints;
  for (std::int64_t left = *between(1, 8); left > 0; --left) {
    footprints.push_back(small_footprint());
  }
  GroupCounts counts;
  HypervisorColumns columns(rows);
  for (std::uint64_t version = 1; version <= 24; ++version) {
    for (std::int64_t left = *between(0, 4); left > 0; --left) {
      const auto at = *rc::gen::inRange<std::size_t>(0, rows.size());
      change(rows[at]);
      columns.replace_row(at, rows[at]);
    }
    const FoundGroup asked[] = {{1, version, &columns}};
    const HypervisorColumns* const group[] = {&columns};
    for (const Footprint& footprint : footprints) {
      if (*between(0, 9) == 0) continue;  // not asked for in this version
      const Rules& chosen = rules[*between(0, 7) == 0 ? 1 : 0];
      RC_ASSERT(counts.product_capacity(asked, footprint, chosen) ==
                oracle::product_capacity(group, footprint, chosen));
    }
  }
}

/// The columns of a group that is answered again while somebody holds the answer before: they take
/// turns, and each is brought up to date from where it was left, or made anew where more than
/// figures has changed since.
class Editions {
 public:
  void touch(std::size_t row, bool figures_alone) {
    for (Edition& edition : editions_) {
      edition.touched.push_back(row);
      if (!figures_alone) edition.columns.reset();
    }
  }
  const HypervisorColumns& next(const std::vector<Hypervisor>& rows, std::uint64_t revision) {
    Edition& edition = editions_[*rc::gen::inRange<std::size_t>(0, editions_.size())];
    if (!edition.columns) edition.columns.emplace(rows, revision);
    for (const std::size_t row : edition.touched) {
      edition.columns->replace_row(row, rows[row], revision);
    }
    edition.touched.clear();
    return *edition.columns;
  }

 private:
  struct Edition {
    std::optional<HypervisorColumns> columns;
    std::vector<std::size_t> touched;
  };
  std::array<Edition, 2> editions_;
};

/// A hypervisor without its figures.
Hypervisor layout_of(Hypervisor row) {
  row.memory_mb = row.cores = {};
  row.servers.reset();
  if (row.ipv4_free) row.ipv4_free = 0;
  row.local_storage->gigabytes = {};
  for (StoragePool& pool : row.other_storage) pool.gigabytes = {};
  return row;
}

RC_GTEST_PROP(GroupCounts, FollowEditionsThatTakeTurns, ()) {
  std::vector<Hypervisor> rows;
  for (std::int64_t left = *between(5, 16); left > 0; --left) rows.push_back(roomy_hypervisor());
  const Rules rules = any_rules();
  const std::vector<Footprint> footprints{small_footprint(), small_footprint(), small_footprint()};
  GroupCounts counts;
  Editions editions;
  for (std::uint64_t revision = 1; revision <= 24; ++revision) {
    for (std::int64_t left = *between(0, 3); left > 0; --left) {
      const auto at = *rc::gen::inRange<std::size_t>(0, rows.size());
      const Hypervisor before = layout_of(rows[at]);
      change(rows[at]);
      if (*between(0, 9) == 0) rows[at].prohibited = !rows[at].prohibited;
      editions.touch(at, layout_of(rows[at]) == before);
    }
    const HypervisorColumns& columns = editions.next(rows, revision);
    const FoundGroup asked[] = {{1, revision, &columns}};
    const HypervisorColumns* const group[] = {&columns};
    RC_ASSERT(std::ranges::equal(columns.rows(), rows));
    for (const Footprint& footprint : footprints) {
      RC_ASSERT(counts.product_capacity(asked, footprint, rules) ==
                oracle::product_capacity(group, footprint, rules));
    }
  }
}

RC_GTEST_PROP(GroupCounts, FollowAnyChange, ()) {
  std::vector<Hypervisor> rows;
  for (std::int64_t left = *between(4, 12); left > 0; --left) {
    rows.push_back(test::any_hypervisor());
  }
  const Rules rules = any_rules();
  const Footprint footprint = any_footprint();
  GroupCounts counts;
  HypervisorColumns columns(rows);
  for (std::uint64_t version = 1; version <= 8; ++version) {
    const auto at = *rc::gen::inRange<std::size_t>(0, rows.size());
    rows[at].memory_mb.free = *test::magnitude();
    if (*between(0, 5) == 0) rows[at] = test::any_hypervisor();
    columns.replace_row(at, rows[at]);
    const FoundGroup asked[] = {{1, version, &columns}};
    const HypervisorColumns* const group[] = {&columns};
    RC_ASSERT(counts.product_capacity(asked, footprint, rules) ==
              oracle::product_capacity(group, footprint, rules));
  }
}

}  // namespace
}  // namespace vfstock::incremental
