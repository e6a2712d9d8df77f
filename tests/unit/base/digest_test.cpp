#include "engine/base/digest.h"

#include <gtest/gtest.h>

namespace vfstock {
namespace {

TEST(Digest, IsThePublishedSha256) {
  EXPECT_EQ(hex(digest_of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(digest_of("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, TellsBytesApart) {
  EXPECT_EQ(digest_of("abc"), digest_of("abc"));
  EXPECT_NE(digest_of("abc"), digest_of("abd"));
}

}  // namespace
}  // namespace vfstock
