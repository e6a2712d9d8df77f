#include "engine/http/response_head.h"

#include <initializer_list>

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

using panel::Ending;

constexpr HeadLimits roomy{.first_line_bytes = 100, .head_bytes = 1000};

/// The head after these lines, up to the first one that it refuses.
ResponseHead read(std::initializer_list<std::string_view> lines, HeadLimits limits = roomy) {
  ResponseHead head(limits);
  for (const std::string_view line : lines) {
    if (!head.take(line)) break;
  }
  return head;
}

Ending ending(const ResponseHead& head) {
  return head.problem() ? head.problem()->ending : Ending::complete;
}

TEST(ResponseHead, IsWholeAfterItsBlankLine) {
  ResponseHead head = read({"HTTP/1.1 404 Not Found\r\n", "A: b\r\n"});
  EXPECT_FALSE(head.whole());
  EXPECT_TRUE(head.take("\r\n"));
  EXPECT_TRUE(head.whole());
  EXPECT_EQ(head.status(), 404);
}

TEST(ResponseHead, KeepsNamesAsSentAndTrimsValues) {
  ResponseHead head = read({"HTTP/1.1 200\r\n", "X-Name:\t a b \t\r\n", "Empty:\n", "\n"});
  const auto headers = head.release_headers();
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers[0].name, "X-Name");
  EXPECT_EQ(headers[0].value, "a b");
  EXPECT_EQ(headers[1].value, "");
}

TEST(ResponseHead, ForgetsInterimHeadsButCountsTheirBytes) {
  ResponseHead head = read({"HTTP/1.1 100 Continue\r\n", "A: b\r\n", "\r\n"});
  EXPECT_EQ(head.status(), 0);
  EXPECT_FALSE(head.whole());
  EXPECT_TRUE(head.take("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(head.take("\r\n"));
  EXPECT_EQ(head.status(), 200);
  EXPECT_TRUE(head.release_headers().empty());
  EXPECT_EQ(ending(read({"HTTP/1.1 100 A\r\n", "\r\n", "HTTP/1.1 200 B\r\n"},
                        {.first_line_bytes = 100, .head_bytes = 20})),
            Ending::head_too_large);
}

TEST(ResponseHead, HasNoStatusWhileItsInterimHeadLasts) {
  EXPECT_EQ(read({"HTTP/1.1 103 Early Hints\r\n"}).status(), 0);
}

TEST(ResponseHead, CapsItsFirstLineApartFromTheRest) {
  const std::string line = "HTTP/1.1 200 " + std::string(85, 'x') + "\r\n";
  ASSERT_EQ(line.size(), 100U);
  EXPECT_EQ(ending(read({line})), Ending::complete);
  EXPECT_EQ(ending(read({"HTTP/1.1 200 x" + line.substr(13)})), Ending::head_too_large);
  EXPECT_EQ(ending(read({"HTTP/1.1 200\r\n", "A: " + std::string(200, 'x') + "\r\n"})),
            Ending::complete);
}

TEST(ResponseHead, CountsTrailersAndKeepsThemApart) {
  ResponseHead head = read({"HTTP/1.1 200\r\n", "\r\n", "A: b\r\n"});
  EXPECT_TRUE(head.release_headers().empty());
  EXPECT_FALSE(head.take(std::string(1000, 'x')));
  EXPECT_EQ(ending(head), Ending::head_too_large);
}

TEST(ResponseHead, RefusesAFirstLineThatIsNotHttps) {
  for (const char* line : {"\r\n", "{}\r\n", "HTTP/1.1\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000\r\n",
                           "HTTP/1.1 -12\r\n", "HTTP/1.1 099 x\r\n", "http/1.1 200\r\n"}) {
    EXPECT_EQ(ending(read({line})), Ending::malformed_http) << line;
  }
}

TEST(ResponseHead, RefusesLinesThatAreNotHeaders) {
  for (const char* line : {"nonsense\r\n", " folded: line\r\n", "\tfolded\r\n", "A : b\r\n"}) {
    EXPECT_EQ(ending(read({"HTTP/1.1 200\r\n", line})), Ending::malformed_http) << line;
  }
}

TEST(ResponseHead, ReadsTheAnnouncedLength) {
  const ResponseHead head = read({"HTTP/1.1 200\r\n", "content-LENGTH: 42\r\n", "\r\n"});
  EXPECT_EQ(head.announced_body_bytes(), 42);
  EXPECT_EQ(read({"HTTP/1.1 200\r\n", "\r\n"}).announced_body_bytes(), std::nullopt);
}

TEST(ResponseHead, RefusesFramingThatCanBeReadInTwoWays) {
  const auto framed = [](std::initializer_list<std::string_view> headers) {
    ResponseHead head(roomy);
    head.take("HTTP/1.1 200\r\n");
    for (const std::string_view header : headers) head.take(header);
    head.take("\r\n");
    return ending(head);
  };
  EXPECT_EQ(framed({"Content-Length: 5\r\n", "Content-Length: 5\r\n"}), Ending::complete);
  EXPECT_EQ(framed({"Content-Length: 5\r\n", "Content-Length: 6\r\n"}), Ending::malformed_http);
  EXPECT_EQ(framed({"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"}),
            Ending::malformed_http);
  for (const char* length : {"", "5, 5", "-5", "+5", "5x", "0x5", "99999999999999999999"}) {
    EXPECT_EQ(framed({"Content-Length: " + std::string(length) + "\r\n"}), Ending::malformed_http)
        << length;
  }
}

TEST(ResponseHead, StaysRefusedAndDoesNotRepeatWhatItRefused) {
  ResponseHead head = read({"HTTP/1.1 200\r\n", "s3cret\r\n"});
  EXPECT_FALSE(head.take("A: b\r\n"));
  EXPECT_EQ(head.problem()->what.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace vfstock::http
