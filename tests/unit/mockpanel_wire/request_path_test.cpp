#include "mockpanel/wire/request_path.h"

#include <string>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::wire {
namespace {

std::string path_of(const std::string& target, const std::string& base = "/api/v1") {
  WireRequest request;
  request.target = target;
  return below_base(request, base).path;
}

TEST(RequestPath, LosesTheBase) {
  EXPECT_EQ(path_of("/api/v1/packages/7"), "/packages/7");
  EXPECT_EQ(path_of("/api/v1/"), "/");
  EXPECT_EQ(path_of("/api/v1"), "/");
  EXPECT_EQ(path_of("/api/v1?page=2"), "/");
}

TEST(RequestPath, OutsideTheBaseNeverLooksLikeARoute) {
  EXPECT_EQ(path_of("/packages/7"), "/../../packages/7");
  EXPECT_EQ(path_of("/api/v2/packages/7"), "/../../api/v2/packages/7");
  EXPECT_EQ(path_of("/api/v11/packages/7"), "/../../api/v11/packages/7");
  EXPECT_EQ(path_of("http://other/api/v1/connect"), "/../../http://other/api/v1/connect");
}

TEST(RequestPath, AnEmptyBaseStripsNothing) { EXPECT_EQ(path_of("/faults/a", ""), "/faults/a"); }

TEST(RequestPath, IsDecodedAndTheQueryIsSplit) {
  WireRequest request;
  request.method = "DELETE";
  request.target = "/api/v1/groups/a%20b?results=200&page=2";
  request.headers = {{"Accept", "application/json"}};
  request.body = "x";
  const api::Request below = below_base(request, "/api/v1");
  EXPECT_EQ(below.method, "DELETE");
  EXPECT_EQ(below.path, "/groups/a b");
  EXPECT_EQ(below.query, (api::Fields{{"results", "200"}, {"page", "2"}}));
  EXPECT_EQ(below.headers, request.headers);
  EXPECT_EQ(below.body, "x");
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
