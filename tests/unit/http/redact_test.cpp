#include "engine/http/redact.h"

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

TEST(Redact, TakesOutEveryOccurrence) {
  EXPECT_EQ(redact("s3cret, twice: s3crets3cret", "s3cret"), "[token], twice: [token][token]");
}

TEST(Redact, LeavesTextsWithoutASecretAlone) {
  EXPECT_EQ(redact("nothing to hide", ""), "nothing to hide");
}

TEST(Redact, EndsWithASecretThatIsPartOfItsOwnReplacement) {
  EXPECT_EQ(redact("a token", "token"), "a [token]");
}

TEST(Redact, MakesControlBytesHarmless) { EXPECT_EQ(redact("a\r\n\x1b[2Jb", ""), "a???[2Jb"); }

TEST(Redact, CutsOnlyAfterTheSecretIsOut) {
  const std::string cut = redact(std::string(497, 'x') + "s3cret", "s3cret");
  EXPECT_EQ(cut, std::string(497, 'x') + "[to");
}

}  // namespace
}  // namespace vfstock::http
