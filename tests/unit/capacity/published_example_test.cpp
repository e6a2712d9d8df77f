// The vendor's published example, counted by hand: the published package "Test" costs 1024 MB, 1
// core and 10 GB; the buffer is 10 %.
#include "tests/unit/capacity/published_example.h"

#include "tests/unit/capacity/agreed_count.h"

namespace vfstock::capacity {
namespace {

constexpr Footprint package_test{
    .memory_mb = 1024, .cores = 1, .storage_gb = 10, .storage_profile = 1};

Rules nested() {
  Rules rules;
  rules.ipv4_cap = Ipv4Cap::nested;
  return rules;
}

Footprint on_profile(std::int64_t profile, std::int64_t addresses = 1) {
  Footprint footprint = package_test;
  footprint.storage_profile = profile;
  footprint.ipv4_addresses = addresses;
  return footprint;
}

Count count(const Footprint& footprint, const Rules& rules = {}) {
  return test::agreed_count(test::published_example(), footprint, rules);
}

std::vector<std::int64_t> fits_of_each(const Footprint& footprint) {
  const test::Groups groups{HypervisorColumns(test::published_example())};
  const Breakdown derivation = breakdown(test::pointers(groups), footprint, Rules{});
  std::vector<std::int64_t> fits;
  for (const HypervisorBreakdown& hypervisor : derivation.groups.at(0).hypervisors) {
    fits.push_back(hypervisor.fits.places());
  }
  return fits;
}

TEST(PublishedExample, TakesTheTestPackageOnItsThreeNodesOfStorageType1) {
  // Node 8: (25865 - 2792) / 1024 = 22; 13: (50 - 10) / 10 = 4; 14: (20928 - 2400) / 1024 = 18.
  EXPECT_EQ(fits_of_each(package_test),
            (std::vector<std::int64_t>{0, 0, 0, 0, 22, 0, 0, 0, 0, 4, 18}));
  EXPECT_EQ(count(package_test), Count::of(44));
}

TEST(PublishedExample, TakesEveryDefaultMountpointWithoutAProfile) {
  EXPECT_EQ(fits_of_each(on_profile(0)),
            (std::vector<std::int64_t>{0, 7, 22, 14, 22, 3, 3, 13, 13, 4, 18}));
  EXPECT_EQ(count(on_profile(0)), Count::of(119));
}

TEST(PublishedExample, TakesNothingOnItsDisabledCephPools) {
  EXPECT_EQ(count(on_profile(2)), Count::of(0));
}

TEST(PublishedExample, IsCappedByTheGreatestAddressFigure) {
  EXPECT_EQ(count(on_profile(0, 5)), Count::of(100));  // 503 / 5
}

TEST(PublishedExample, SellsNothingOnTheThreeNodesWithoutAddressesWhenNested) {
  // Without nodes 4, 9 and 10: 119 - 14 - 3 - 3.
  EXPECT_EQ(count(on_profile(0), nested()), Count::of(99));
}

TEST(PublishedExample, HoldsTheNodeWith33AddressesTo16VpsOfTwoWhenNested) {
  EXPECT_EQ(count(on_profile(1, 2), nested()), Count::of(42));  // 16 + 22 + 4
  EXPECT_EQ(count(on_profile(1, 2)), Count::of(44));
}

TEST(PublishedExample, IsNotLimitedByServerSlots) {
  Rules rules;
  rules.server_slots = ServerSlots::enforce;
  EXPECT_EQ(count(on_profile(0), rules), Count::of(119));
}

TEST(PublishedExample, TakesNothingWhenPoolIdsAreReadAsTypes) {
  Rules rules;
  rules.storage_match = StorageMatch::pool_id;
  EXPECT_EQ(count(package_test, rules), Count::of(0));
}

TEST(PublishedExample, ShowsWhatBindsEachNode) {
  const test::Groups groups{HypervisorColumns(test::published_example())};
  const Breakdown derivation = breakdown(test::pointers(groups), on_profile(0), Rules{});
  std::vector<Dimension> binding;
  for (const HypervisorBreakdown& hypervisor : derivation.groups.at(0).hypervisors) {
    binding.push_back(hypervisor.binding);
  }
  using enum Dimension;
  EXPECT_EQ(binding, (std::vector{cores, memory, memory, cores, memory, cores, cores, cores, cores,
                                  storage, memory}));
  EXPECT_EQ(derivation.groups.at(0).binding, memory);  // 69 of 119 places
}

TEST(PublishedExample, CountsTheSameInEveryOrderOfItsNodes) {
  std::vector<Hypervisor> rows = test::published_example();
  for (std::size_t turn = 0; turn < rows.size(); ++turn) {
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
    EXPECT_EQ(test::agreed_count(rows, on_profile(0), nested()), Count::of(99));
  }
}

}  // namespace
}  // namespace vfstock::capacity
