#include "sim/report/clean_text.h"

#include <gtest/gtest.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {
namespace {

TEST(CleanText, KeepsWhatPeopleWrite) {
  const std::string text = "Zürich → 東京 🙂\n\ttab";
  EXPECT_EQ(clean(text), text);
  EXPECT_EQ(clean(""), "");
}

TEST(CleanText, DisarmsEscapeSequences) {
  EXPECT_EQ(clean("\x1b[31mred\x07\x7f\r"), "?[31mred???");
  EXPECT_EQ(clean("\xC2\x9B"
                  "31m"),
            "??31m");
}

TEST(CleanText, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(clean("a\xFF"
                  "b"),
            "a?b");
  EXPECT_EQ(clean("cut \xE2\x82"), "cut ??");
  EXPECT_EQ(clean("\xC0\x80"), "??");
  EXPECT_EQ(clean("\xE0\x80\x80"), "???");
  EXPECT_EQ(clean("\xF0\x80\x80\x80"), "????");
  EXPECT_EQ(clean("\xED\xA0\x80"), "???");
  EXPECT_EQ(clean("\xEF\xBF\xBF"), "???");
  EXPECT_EQ(clean("\xF4\x90\x80\x80"), "????");
  EXPECT_EQ(clean("\xC3("), "?(");
}

TEST(Markup, EscapesWhatMarkupWouldRead) {
  EXPECT_EQ(escaped("<a href=\"x\">&]]>\n\t"), "&lt;a href=&quot;x&quot;&gt;&amp;]]&gt;&#10;&#9;");
  EXPECT_EQ(escaped(std::string("nul\0", 4)), "nul?");
}

}  // namespace
}  // namespace vfstock::sim::report
