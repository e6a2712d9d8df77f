#include "engine/incremental/group_counts.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::incremental {
namespace {

using capacity::Count;
using capacity::Footprint;
using capacity::FoundGroup;
using capacity::Hypervisor;
using capacity::HypervisorColumns;
using capacity::Quota;
using capacity::Rules;
namespace test = capacity::test;

class OneHypervisor : public testing::Test {
 protected:
  static Hypervisor row() {
    Hypervisor row = test::unlimited_hypervisor();
    row.memory_mb = {100, 100};
    return row;
  }
  Count count(const Footprint& footprint, const Rules& rules) {
    const FoundGroup asked[] = {{1, version_, &group_}};
    return counts_.product_capacity(asked, footprint, rules);
  }

  HypervisorColumns group_{{row()}};
  std::uint64_t version_ = 1;
  GroupCounts counts_;
};

TEST_F(OneHypervisor, IsPreparedOnceForEachBuffer) {
  EXPECT_EQ(count({.memory_mb = 10}, test::without_buffer()), Count::of(10));
  EXPECT_EQ(count({.memory_mb = 10}, Rules{}), Count::of(9));
  EXPECT_EQ(count({.memory_mb = 10}, test::without_buffer()), Count::of(10));
}

TEST_F(OneHypervisor, CountsAGroupAnewWhenItComesInAnotherVersion) {
  const Footprint footprint{.memory_mb = 10, .storage_gb = 1};
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(10));
  Hypervisor fuller = row();
  fuller.memory_mb.free = 50;
  group_.replace_row(0, fuller);
  ++version_;
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(5));
  group_ = HypervisorColumns({fuller, fuller});
  ++version_;
  EXPECT_EQ(count(footprint, test::without_buffer()), Count::of(10));
}

TEST_F(OneHypervisor, SetsAsideAShareOfTheQuotasAsTheyAreNow) {
  const auto count_of = [this](Quota memory) {
    Hypervisor changed = row();
    changed.memory_mb = memory;
    group_.replace_row(0, changed);
    ++version_;
    return count({.memory_mb = 10, .storage_gb = 1}, Rules{});
  };
  EXPECT_EQ(count_of({100, 100}), Count::of(9));
  EXPECT_EQ(count_of({100, 50}), Count::of(4)) << "as much as before is set aside";
  EXPECT_EQ(count_of({200, 100}), Count::of(8)) << "and twice as much of twice the quota";
}

/// A group of eight in which one hypervisor's memory changes from version to version.
class Following : public testing::Test {
 protected:
  Following() : rows_(8, test::fitting(0)) { show(0); }

  void show(std::int64_t free) { show(0, free); }
  void show(std::size_t hypervisor, std::int64_t free) {
    rows_[hypervisor].memory_mb = {immense, free};
    group_.replace_row(hypervisor, rows_[hypervisor]);
    ++version_;
  }
  /// Of a VPS of `memory_mb`, by the counter and by the plain rules, which must agree.
  Count count(std::int64_t memory_mb) {
    const Footprint footprint{.memory_mb = memory_mb};
    const HypervisorColumns* const plain[] = {&group_};
    const FoundGroup asked[] = {{1, version_, &group_}};
    const Count count = counts_.product_capacity(asked, footprint, test::without_buffer());
    EXPECT_EQ(count, oracle::product_capacity(plain, footprint, test::without_buffer()));
    return count;
  }

  static constexpr std::int64_t immense = std::int64_t{1} << 53;
  std::vector<Hypervisor> rows_;
  HypervisorColumns group_{rows_};
  std::uint64_t version_ = 0;
  GroupCounts counts_;
};

TEST_F(Following, CountsWhatOneHypervisorGainsAndLoses) {
  for (const std::int64_t free : {0, 0, 7, 5, 0, 12}) {
    show(free);
    EXPECT_EQ(count(1), Count::of(free));
  }
}

TEST_F(Following, CountsAnewWhatDoublesCannotHold) {
  for (std::size_t hypervisor = 0; hypervisor < 3; ++hypervisor) show(hypervisor, 0);
  count(1);
  show(0, immense - 2);
  count(1);
  show(1, 0);
  EXPECT_EQ(count(1), Count::of(immense - 2));
  show(1, 5);
  EXPECT_EQ(count(1), Count::of(immense + 3)) << "no double";
  show(0, 1);
  EXPECT_EQ(count(1), Count::of(6));
}

TEST_F(Following, StaysExactWhereReciprocalsAreNot) {
  count(1);
  show(1);
  count(1);
  show(immense - 1);
  for (std::int64_t need = 3; need < 100; need += 2) {
    const std::int64_t quotient = immense / need;
    show(quotient * need - 1);
    EXPECT_EQ(count(need), Count::of(quotient - 1));
    show(quotient * need);
    EXPECT_EQ(count(need), Count::of(quotient));
  }
}

TEST_F(Following, ForgetsWhatIsNotAskedFor) {
  for (std::int64_t free = 1; free < 9; ++free) {
    show(free);
    EXPECT_EQ(count(1), Count::of(free));
    EXPECT_EQ(count(free % 3 == 0 ? 4 : 2), Count::of(free / (free % 3 == 0 ? 4 : 2)));
    EXPECT_EQ(count(1), Count::of(free)) << "and once more";
  }
}

}  // namespace
}  // namespace vfstock::incremental
