#include "engine/catalogue/option_words.h"

#include <map>

#include <gtest/gtest.h>

#include "engine/catalogue/panel_name.h"

namespace vfstock::catalogue {
namespace {

TEST(OptionWords, FindPlacesUnderOtherNames) {
  for (const char* name : {"location", "Location ", "Region", "Datacenter", "Data centre"}) {
    EXPECT_TRUE(looks_like_location(name)) << name;
  }
  for (const char* name : {"Operating system", "Timezone", "Backup"}) {
    EXPECT_FALSE(looks_like_location(name)) << name;
  }
}

TEST(OptionWords, FindWhatMakesAVpsLarger) {
  const std::map<const char*, Chosen> options{{"Memory", Chosen::memory},
                                              {"RAM", Chosen::memory},
                                              {"CPU cores", Chosen::cores},
                                              {"vCPUs", Chosen::cores},
                                              {"Extra Storage", Chosen::storage},
                                              {"Second disk", Chosen::storage},
                                              {"Disk space", Chosen::storage},
                                              {"Storage Type", Chosen::storage_profile},
                                              {"IPv4", Chosen::ipv4},
                                              {"IP addresses", Chosen::ipv4},
                                              {"Package", Chosen::package}};
  for (const auto& [name, chosen] : options) EXPECT_EQ(chosen_in(name), chosen) << name;
  for (const char* name : {"Operating system", "Hostname", "Program", "Score", "Ramp", "CPU type",
                           "Backup storage", "Disk speed", "IPv6", "Swap memory"}) {
    EXPECT_EQ(chosen_in(name), Chosen::nothing) << name;
  }
}

TEST(OptionWords, TellWhatComesOnTop) {
  for (const char* name : {"Extra memory", "Additional IPv4", "Second disk", "Add-on cores"}) {
    EXPECT_TRUE(is_on_top(name)) << name;
  }
  for (const char* name : {"Memory", "Storage"}) EXPECT_FALSE(is_on_top(name)) << name;
}

TEST(PanelName, IsWhatSpellingsHaveInCommon) {
  EXPECT_EQ(panel_name(" https://CP.example:443/ "), "cp.example");
  EXPECT_EQ(panel_name("cp.example./admin"), "cp.example");
  EXPECT_EQ(panel_name("[2001:DB8::1]:8443"), "2001:db8::1");
  EXPECT_EQ(panel_name("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(panel_name("[2001:db8::1"), "2001:db8::1") << "half a bracket is no reason to fail";
  EXPECT_EQ(panel_name(":443"), "");
  EXPECT_EQ(panel_name(""), "");
}

}  // namespace
}  // namespace vfstock::catalogue
