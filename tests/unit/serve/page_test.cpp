// The status page runs nothing that is not its own, and asks nobody else.
#include "engine/live/page/page.h"

#include <gmock/gmock.h>

namespace vfstock::page {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Page, NamesWhatMayRunByItsDigest) {
  EXPECT_THAT(content_security_policy(), HasSubstr("default-src 'none'"));
  EXPECT_THAT(content_security_policy(), HasSubstr("script-src 'sha256-"));
  EXPECT_THAT(content_security_policy(), HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(content_security_policy(), Not(HasSubstr("unsafe")));
  EXPECT_GT(inside(html(), "script").size(), 1000U);
  EXPECT_GT(inside(html(), "style").size(), 300U);
}

TEST(Page, AsksNobodyElse) {
  for (const char* outside : {"http://", "https://", "src=", "@import", "url("}) {
    EXPECT_EQ(html().find(outside), std::string_view::npos) << outside;
  }
}

TEST(Page, HasNothingThatThePolicyForbids) {
  for (const char* forbidden : {" style=", " onclick=", " onload=", "innerHTML", "eval("}) {
    EXPECT_EQ(html().find(forbidden), std::string_view::npos) << forbidden;
  }
}

TEST(Inside, IsWhatStandsBetween) {
  EXPECT_EQ(inside("<b>x</b>", "b"), "x");
  EXPECT_EQ(inside("<b>x", "b"), "");
  EXPECT_EQ(inside("x", "b"), "");
}

}  // namespace
}  // namespace vfstock::page
