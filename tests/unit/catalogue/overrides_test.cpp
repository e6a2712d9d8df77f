#include "engine/catalogue/overrides.h"

#include <gmock/gmock.h>

namespace vfstock::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Overrides largest(std::vector<OptionValue> options) {
  return largest_overrides(options, "Location");
}

std::int64_t memory(const char* value) { return largest({{"Memory", value}}).memory_mb.in_place; }

TEST(Overrides, AreTheLargestThatCanBeChosen) {
  const Overrides chosen = largest({{"Memory", "2"},
                                    {"Memory", "16"},
                                    {"Memory", "4"},
                                    {"CPU Cores", "8|8 cores"},
                                    {"CPU Cores", "2|2 cores"},
                                    {"Storage", "500"},
                                    {"IPv4", "1"},
                                    {"IPv4", "5"}});
  EXPECT_EQ(chosen.memory_mb, (LargestChoice{16384, 0}));
  EXPECT_EQ(chosen.cores, (LargestChoice{8, 0}));
  EXPECT_EQ(chosen.storage_gb, (LargestChoice{500, 0}));
  EXPECT_EQ(chosen.ipv4_addresses, (LargestChoice{5, 0}));
}

TEST(Overrides, AreReadInTheUnitsThatPeopleAndModulesMean) {
  EXPECT_EQ(memory("16"), 16384) << "modules take less than 1024 for gigabytes";
  EXPECT_EQ(memory("1023"), 1023 * 1024);
  EXPECT_EQ(memory("1024"), 1024);
  EXPECT_EQ(memory(" 16 GB"), 16384);
  EXPECT_EQ(memory("16384|16 GB"), 16384);
  EXPECT_EQ(memory("512 MiB"), 512);
  EXPECT_EQ(memory("1.5 GB"), 2048) << "never less than is sold";
  EXPECT_EQ(memory("2.0 GB"), 2048);
  EXPECT_EQ(memory("1 TB ECC"), 1024 * 1024);
  EXPECT_EQ(memory("2 gold sticks"), 2048) << "no unit";
  EXPECT_EQ(largest({{"Storage", "1 TB"}}).storage_gb.in_place, 1024);
  EXPECT_EQ(largest({{"Storage", "500 MB"}}).storage_gb.in_place, 1);
}

TEST(Overrides, ThatHaveNoNumberOverrideNothing) {
  for (const char* value : {"", "None", "-4", "|16", "DDR4"}) EXPECT_EQ(memory(value), 0) << value;
  EXPECT_EQ(largest({{"Operating system", "12|Debian"}, {"CPU model", "7"}}), Overrides{});
}

TEST(Overrides, OfAnyLengthStayNumbers) {
  EXPECT_GT(memory("99999999999999999999999999"), std::int64_t{1} << 30);
}

TEST(Overrides, OnTopOfThePackageAddUpOverOptions) {
  const Overrides chosen = largest({{"Extra storage", "50"},
                                    {"Extra storage", "100"},
                                    {"Second disk", "20 GB"},
                                    {"Storage", "30"},
                                    {"Memory", "+2 GB"},
                                    {"Additional IPv4", "3"}});
  EXPECT_EQ(chosen.storage_gb, (LargestChoice{30, 120}));
  EXPECT_EQ(chosen.memory_mb, (LargestChoice{0, 2048}));
  EXPECT_EQ(chosen.storage_gb.of(40), 160);
  EXPECT_EQ(chosen.memory_mb.of(1024), 3072);
  EXPECT_EQ(chosen.ipv4_addresses.of(1), 4);
}

TEST(Overrides, CanBePackagesAndStorageProfiles) {
  const Overrides chosen = largest({{"Package", "3|Large"},
                                    {"Package", "2"},
                                    {"Package", "3"},
                                    {"Package", "0"},
                                    {"Storage Type", "4|NVMe"},
                                    {"Storage Type", "SSD"}});
  EXPECT_THAT(chosen.packages, ElementsAre(3, 2));
  EXPECT_THAT(chosen.storage_profiles, ElementsAre(4));
}

TEST(Overrides, AreNeverWhatTheLocationSays) {
  const std::vector<OptionValue> options{{"Disk site|Where", "2"}, {"Memory|RAM", "4"}};
  EXPECT_EQ(largest_overrides(options, "Disk site").storage_gb, LargestChoice{});
  EXPECT_THAT(overriding_options(options, "Disk site"), ElementsAre("Memory"));
  EXPECT_THAT(overriding_options(options, "Memory"), ElementsAre("Disk site"));
  EXPECT_THAT(overriding_options({}, "Location"), IsEmpty());
}

}  // namespace
}  // namespace vfstock::catalogue
