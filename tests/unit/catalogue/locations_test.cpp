#include "engine/catalogue/locations.h"

#include <gtest/gtest.h>

namespace vfstock::catalogue {
namespace {

using Groups = std::vector<std::int64_t>;

Groups groups(const char* default_group, std::vector<OptionValue> options,
              const char* label = "Location") {
  Product product;
  product.configoption1 = default_group;
  return hypervisor_groups(product, options, label);
}

TEST(Locations, BeginWithTheDefaultGroup) {
  EXPECT_EQ(groups("4", {{"Location", "2|London"}, {"Location", "3"}}), (Groups{4, 2, 3}));
}

TEST(Locations, CountEachGroupOnce) {
  EXPECT_EQ(groups("2", {{"Location", "2|London"}, {"Location", "3"}, {"Location", "3|Paris"}}),
            (Groups{2, 3}));
}

TEST(Locations, LeaveOutWhatNamesNoGroup) {
  EXPECT_EQ(groups("0", {{"Location", "London"}, {"Location", "0"}, {"Location", "-1"}}), Groups{});
  EXPECT_EQ(groups("-3", {}), Groups{});
  EXPECT_EQ(groups("", {{"Location", "5"}}), Groups{5});
}

TEST(Locations, ComeFromTheOptionOfExactlyThatName) {
  EXPECT_EQ(groups("", {{"Location|Where", "5"}}), Groups{5});
  EXPECT_EQ(
      groups("",
             {{"location", "5"}, {"Location ", "6"}, {"Where|Location", "7"}, {"Locations", "8"}}),
      Groups{});
  EXPECT_EQ(groups("", {{"Location", "5"}, {"Region|Region", "6"}}, "Region"), Groups{6});
}

}  // namespace
}  // namespace vfstock::catalogue
