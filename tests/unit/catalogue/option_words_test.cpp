#include "engine/catalogue/option_words.h"

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
  for (const char* name :
       {"Memory", "RAM", "CPU cores", "Extra Storage", "Second disk", "IPv4", "Package"}) {
    EXPECT_TRUE(looks_like_override(name)) << name;
  }
  for (const char* name : {"Operating system", "Hostname", "Program", "Score", "Ramp"}) {
    EXPECT_FALSE(looks_like_override(name)) << name;
  }
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
