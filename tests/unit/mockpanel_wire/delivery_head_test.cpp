#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::head_text;

TEST(DeliveryHead, IsWhatNginxWouldSend) {
  const api::Response response{200, {{"Content-Type", "application/json"}}, "[]"};
  EXPECT_EQ(head_text(response, true),
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(DeliveryHead, SaysWhenTheConnectionEnds) {
  EXPECT_NE(head_text({404, {}, ""}, false).find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(head_text({404, {}, ""}, false).find("Content-Length: 0\r\n"), std::string::npos);
}

TEST(DeliveryHead, AnnouncesNoLengthWhereNoBodyCanBe) {
  EXPECT_EQ(head_text({204, {}, ""}, true).find("Content-Length"), std::string::npos);
  EXPECT_EQ(head_text({304, {}, ""}, true).find("Content-Length"), std::string::npos);
}

TEST(DeliveryHead, FramesTheAnswerItself) {
  const std::string head = head_text({200, {{"content-length", "99"}, {"X-A", "b"}}, "[]"}, true);
  EXPECT_EQ(head.find("99"), std::string::npos);
  EXPECT_NE(head.find("X-A: b\r\n"), std::string::npos);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
