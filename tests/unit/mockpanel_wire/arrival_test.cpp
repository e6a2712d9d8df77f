#include "mockpanel/wire/arrival.h"

#include <string>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::wire {
namespace {

constexpr ArrivalLimits limits{1000, 100};

bool arrived(const std::string& bytes) { return has_arrived(bytes, limits); }

const std::string get = "GET / HTTP/1.1\r\nHost: p\r\n\r\n";

/// No beginning of the request counts as the whole of it.
void expect_only_the_whole(const std::string& request) {
  for (std::size_t i = 1; i < request.size(); ++i) {
    EXPECT_FALSE(arrived(request.substr(0, i))) << i;
  }
  EXPECT_TRUE(arrived(request));
  EXPECT_TRUE(arrived(request + get));
}

TEST(Arrival, OfAHeadIsKnownByItsEmptyLine) { expect_only_the_whole(get); }

TEST(Arrival, OfABodyIsKnownByItsLength) {
  expect_only_the_whole("POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nab\r\nc");
}

TEST(Arrival, OfChunksIsKnownByTheLastOne) {
  expect_only_the_whole(
      "POST / HTTP/1.1\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3;x\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
}

TEST(Arrival, WhatIsRefusedWhateverFollowsNeedsNoWaiting) {
  EXPECT_TRUE(arrived("once upon a time\r\n"));
  EXPECT_TRUE(arrived("GET / HTTP/1.1\r\nX: " + std::string(1000, 'x')));
  EXPECT_TRUE(arrived(std::string(1001, 'x')));
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n"));
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nContent-Length: much\r\n\r\n"));
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\n"));
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc"));
}

TEST(Arrival, AClientThatWaitsForLeaveToGoOnIsNotWaitedFor) {
  EXPECT_TRUE(arrived("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
