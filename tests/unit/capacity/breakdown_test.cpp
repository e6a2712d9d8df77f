#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

using test::fitting;
using test::nested;
using test::smallest;
using test::unlimited_hypervisor;
using test::without_buffer;

/// Keeps the groups alive that a breakdown's names point into.
class BreakdownOf {
 public:
  explicit BreakdownOf(std::vector<std::vector<Hypervisor>> groups) {
    for (std::vector<Hypervisor>& rows : groups) groups_.emplace_back(std::move(rows));
  }
  Breakdown under(const Rules& rules, const Footprint& footprint = smallest) const {
    return breakdown(test::pointers(groups_), footprint, rules);
  }

 private:
  test::Groups groups_;
};

HypervisorBreakdown only_hypervisor(const Hypervisor& row, const Rules& rules,
                                    const Footprint& footprint = smallest) {
  HypervisorBreakdown result =
      BreakdownOf({{row}}).under(rules, footprint).groups.at(0).hypervisors.at(0);
  result.name = {};  // its row is gone
  return result;
}

Hypervisor with_fits(std::int64_t memory, std::int64_t cores, std::int64_t storage) {
  Hypervisor row = unlimited_hypervisor();
  row.memory_mb = {100, memory};
  row.cores = {100, cores};
  row.local_storage->gigabytes = {100, storage};
  return row;
}

TEST(HypervisorBreakdown, ShowsTheFitOfEachDimension) {
  Hypervisor row = with_fits(30, 20, 25);
  row.servers = Quota{50, 40};
  row.ipv4_free = 60;
  Rules rules = without_buffer();
  rules.server_slots = ServerSlots::enforce;
  const HypervisorBreakdown shown = only_hypervisor(row, rules);
  EXPECT_EQ(shown.memory, Count::of(30));
  EXPECT_EQ(shown.cores, Count::of(20));
  EXPECT_EQ(shown.storage, Count::of(25));
  EXPECT_EQ(shown.servers, Count::of(40));
  EXPECT_EQ(shown.ipv4, Count::of(60));
  EXPECT_EQ(shown.fits, Count::of(20));
  EXPECT_EQ(shown.binding, Dimension::cores);
}

TEST(HypervisorBreakdown, NamesTheHypervisor) {
  Hypervisor row = fitting(3);
  row.id = 41;
  row.name = "fra-03";
  const BreakdownOf group({{row}});
  const Breakdown shown = group.under(without_buffer());
  EXPECT_EQ(shown.groups[0].hypervisors[0].id, 41);
  EXPECT_EQ(shown.groups[0].hypervisors[0].name, "fra-03");
}

TEST(HypervisorBreakdown, GivesTiesToMemoryThenCoresThenStorageThenServers) {
  EXPECT_EQ(only_hypervisor(with_fits(5, 5, 5), without_buffer()).binding, Dimension::memory);
  EXPECT_EQ(only_hypervisor(with_fits(6, 5, 5), without_buffer()).binding, Dimension::cores);
  Hypervisor row = with_fits(6, 6, 5);
  row.servers = Quota{5, 5};
  Rules enforced = without_buffer();
  enforced.server_slots = ServerSlots::enforce;
  EXPECT_EQ(only_hypervisor(row, enforced).binding, Dimension::storage);
  row.local_storage->gigabytes.free = 6;
  EXPECT_EQ(only_hypervisor(row, enforced).binding, Dimension::servers);
}

TEST(HypervisorBreakdown, BindsNothingWhenUnlimited) {
  const HypervisorBreakdown shown = only_hypervisor(unlimited_hypervisor(), without_buffer());
  EXPECT_EQ(shown.fits, Count::unlimited());
  EXPECT_EQ(shown.binding, Dimension::none);
}

TEST(HypervisorBreakdown, SaysThatNoStorageWasFound) {
  Hypervisor row = with_fits(0, 0, 5);
  row.local_storage->enabled = false;
  const HypervisorBreakdown shown = only_hypervisor(row, without_buffer());
  EXPECT_FALSE(shown.storage_found);
  EXPECT_EQ(shown.storage, Count::of(0));
  EXPECT_EQ(shown.binding, Dimension::storage);
}

TEST(HypervisorBreakdown, SaysWhyAHypervisorWasSkipped) {
  Hypervisor disabled = fitting(5), raw = fitting(5), prohibited = fitting(5);
  disabled.enabled = false;
  raw.commissioned = false;
  prohibited.prohibited = true;
  const HypervisorBreakdown shown = only_hypervisor(disabled, without_buffer());
  EXPECT_EQ(shown.skipped, Skipped::disabled);
  EXPECT_EQ(shown.fits, Count::of(0));
  EXPECT_EQ(shown.binding, Dimension::none);
  EXPECT_EQ(only_hypervisor(raw, without_buffer()).skipped, Skipped::not_commissioned);
  EXPECT_EQ(only_hypervisor(prohibited, without_buffer()).skipped, Skipped::prohibited);
  EXPECT_EQ(only_hypervisor(fitting(5), without_buffer()).skipped, Skipped::no);
}

TEST(HypervisorBreakdown, BindsAddressesOnlyWhenStrictlyBelowWhatFits) {
  EXPECT_EQ(only_hypervisor(fitting(5, 4), without_buffer()).binding, Dimension::ipv4);
  EXPECT_EQ(only_hypervisor(fitting(5, 5), without_buffer()).binding, Dimension::memory);
  EXPECT_EQ(only_hypervisor(fitting(5, 4), nested()).binding, Dimension::ipv4);
  EXPECT_EQ(only_hypervisor(fitting(5, 5), nested()).binding, Dimension::memory);
}

TEST(HypervisorBreakdown, BindsTheGroupsCapOrItsOwnAddressesByRule) {
  const BreakdownOf group({{fitting(5, 0), fitting(10, 100)}});
  const auto under = [&](const Rules& rules) {
    return group.under(rules).groups.at(0).hypervisors.at(0).binding;
  };
  EXPECT_EQ(under(without_buffer()), Dimension::memory);
  EXPECT_EQ(under(nested()), Dimension::ipv4);
}

TEST(HypervisorBreakdown, ShowsNoAddressFitWhereAddressesDoNotLimitOrAreUnknown) {
  Footprint without_addresses = smallest;
  without_addresses.ipv4_addresses = 0;
  EXPECT_FALSE(only_hypervisor(fitting(5, 4), without_buffer(), without_addresses).ipv4);
  EXPECT_FALSE(only_hypervisor(fitting(5), without_buffer()).ipv4);
}

TEST(GroupBreakdown, ShowsTheSumTheCapAndTheSmallerOfThem) {
  const BreakdownOf group({{fitting(5, 8), fitting(6, 3)}});
  const GroupBreakdown shown = group.under(without_buffer()).groups.at(0);
  EXPECT_EQ(shown.before_ipv4, Count::of(11));
  EXPECT_EQ(shown.ipv4_cap, Count::of(8));
  EXPECT_EQ(shown.capacity, Count::of(8));
  EXPECT_EQ(shown.binding, Dimension::ipv4);
}

TEST(GroupBreakdown, ShowsNoCapWithoutFiguresOrWithoutAddresses) {
  EXPECT_FALSE(BreakdownOf({{fitting(5)}}).under(without_buffer()).groups.at(0).ipv4_cap);
  Footprint without_addresses = smallest;
  without_addresses.ipv4_addresses = 0;
  const BreakdownOf group({{fitting(5, 1)}});
  EXPECT_FALSE(group.under(without_buffer(), without_addresses).groups.at(0).ipv4_cap);
}

TEST(GroupBreakdown, ShowsACapOfNoneWhenOnlySkippedHypervisorsHaveAFigure) {
  Hypervisor skipped = fitting(5, 8);
  skipped.prohibited = true;
  EXPECT_EQ(BreakdownOf({{skipped}}).under(without_buffer()).groups.at(0).ipv4_cap, Count::of(0));
}

TEST(GroupBreakdown, ShowsTheNestedFigureOfEachGroupAloneAndTheTotalOfAll) {
  const BreakdownOf groups({{fitting(10, 12)}, {fitting(10, 12)}});
  const Breakdown shown = groups.under(nested());
  EXPECT_EQ(shown.groups.at(0).capacity, Count::of(10));
  EXPECT_EQ(shown.groups.at(1).capacity, Count::of(10));
  EXPECT_EQ(shown.capacity, Count::of(12));
}

TEST(GroupBreakdown, NamesTheDimensionOfTheLargestShareOfFits) {
  const BreakdownOf group({{with_fits(2, 9, 9), with_fits(9, 2, 9), with_fits(9, 9, 5)}});
  EXPECT_EQ(group.under(without_buffer()).groups.at(0).binding, Dimension::storage);
}

TEST(GroupBreakdown, NamesWhatBindsMostHypervisorsWhenNothingFits) {
  const BreakdownOf group({{with_fits(0, 9, 9), with_fits(9, 9, 0), with_fits(9, 9, 0)}});
  EXPECT_EQ(group.under(without_buffer()).groups.at(0).binding, Dimension::storage);
}

TEST(GroupBreakdown, BindsNothingWhenUnlimitedOrEmpty) {
  const BreakdownOf unlimited({{unlimited_hypervisor(), fitting(3)}});
  EXPECT_EQ(unlimited.under(without_buffer()).groups.at(0).binding, Dimension::none);
  EXPECT_EQ(BreakdownOf(std::vector<std::vector<Hypervisor>>(1))
                .under(without_buffer())
                .groups.at(0)
                .binding,
            Dimension::none);
}

TEST(Names, AreThoseOfReports) {
  EXPECT_EQ(name(Dimension::memory), "memory");
  EXPECT_EQ(name(Dimension::cores), "cores");
  EXPECT_EQ(name(Dimension::storage), "storage");
  EXPECT_EQ(name(Dimension::servers), "servers");
  EXPECT_EQ(name(Dimension::ipv4), "ipv4");
  EXPECT_EQ(name(Dimension::none), "none");
  EXPECT_EQ(name(Skipped::no), "");
  EXPECT_EQ(name(Skipped::disabled), "disabled");
  EXPECT_EQ(name(Skipped::not_commissioned), "not commissioned");
  EXPECT_EQ(name(Skipped::prohibited), "prohibited");
}

}  // namespace
}  // namespace vfstock::capacity
