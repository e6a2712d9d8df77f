#include "engine/http/expiry.h"

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

TEST(Expiry, IsNotAskedForWithoutAWatch) {
  Expiry expiry;
  EXPECT_FALSE(expiry.request());
  const Expiry::Watch watch(expiry);
  EXPECT_FALSE(expiry.take());
}

TEST(Expiry, StaysUntilItIsTakenAndIsTakenOnce) {
  Expiry expiry;
  const Expiry::Watch watch(expiry);
  EXPECT_TRUE(expiry.request());
  EXPECT_TRUE(expiry.take());
  EXPECT_FALSE(expiry.take());
  EXPECT_TRUE(expiry.request());
}

TEST(Expiry, DoesNotOutliveItsWatch) {
  Expiry expiry;
  {
    const Expiry::Watch watch(expiry);
    EXPECT_TRUE(expiry.request());
  }
  const Expiry::Watch next(expiry);
  EXPECT_FALSE(expiry.take());
}

}  // namespace
}  // namespace vfstock::http
