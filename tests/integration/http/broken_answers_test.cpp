// Every answer that does not follow HTTP, or does not arrive whole, must end as something other
// than complete, with a word on what went wrong.
#include <gmock/gmock.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;

struct Broken {
  const char* name;
  Script script;
  Ending ending;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

std::string repeated(std::string_view text, int times) {
  std::string all;
  all.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

class BrokenAnswer : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenAnswer, IsNeverComplete) {
  // The same on every connection, because libcurl asks again when a kept one turns out dead.
  const ScriptedServer server(std::vector<Script>(8, GetParam().script));
  HttpTransport transport(options_for(server));
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(name(answer.ending), name(GetParam().ending)) << answer.detail;
  EXPECT_EQ(answer.body, "");
  EXPECT_THAT(answer.detail, ::testing::StartsWith("GET /packages/7 from 127.0.0.1:"));
  EXPECT_THAT(answer.detail, ::testing::Not(::testing::HasSubstr(std::string(token))));
}

const std::string chunked = head("Transfer-Encoding: chunked\r\n");
const std::string ten_bytes = head("Content-Length: 10\r\n");

INSTANTIATE_TEST_SUITE_P(
    Connection, BrokenAnswer,
    ::testing::Values(
        Broken{"closed after accept", {half_close(), until_closed()}, Ending::closed_early},
        Broken{"closed without an answer", {read_request()}, Ending::closed_early},
        Broken{"reset before the answer", {read_request(), reset()}, Ending::reset},
        Broken{"reset within the body",
               {read_request(), send(head("Content-Length: 10\r\n") + "{"), reset()},
               Ending::reset},
        Broken{"closed within the status line", answer_with("HTTP/1.1 2"), Ending::closed_early},
        Broken{"closed within the head", answer_with("HTTP/1.1 200 OK\r\nContent-Ty"),
               Ending::closed_early},
        Broken{"closed after an interim head", answer_with("HTTP/1.1 100 Continue\r\n\r\n"),
               Ending::closed_early},
        Broken{"closed within the body", answer_with(ten_bytes + "{\"a\""), Ending::closed_early},
        Broken{"closed within a chunk", answer_with(chunked + "8\r\n{\"a\""), Ending::closed_early},
        Broken{"closed before the last chunk", answer_with(chunked + "2\r\n{}\r\n"),
               Ending::closed_early}));

INSTANTIATE_TEST_SUITE_P(
    Syntax, BrokenAnswer,
    ::testing::Values(
        Broken{"two different lengths",
               answer_with(head("Content-Length: 2\r\nContent-Length: 5\r\n") + "{}   "),
               Ending::malformed_http},
        Broken{"a list of lengths", answer_with(head("Content-Length: 2, 2\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"a negative length", answer_with(head("Content-Length: -2\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"a length that is no number", answer_with(head("Content-Length: two\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"a length and chunks",
               answer_with(head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") +
                           "2\r\n{}\r\n0\r\n\r\n"),
               Ending::malformed_http},
        Broken{"a chunk size that is no number", answer_with(chunked + "xyz\r\n{}\r\n0\r\n\r\n"),
               Ending::malformed_http},
        Broken{"a chunk size beyond 64 bits",
               answer_with(chunked + "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
               Ending::malformed_http},
        Broken{"a chunk longer than its size", answer_with(chunked + "1\r\n{}\r\n0\r\n\r\n"),
               Ending::malformed_http},
        Broken{"HTTP/0.9", answer_with("{\"data\":[]}"), Ending::malformed_http},
        Broken{"garbage", answer_with("\x16\x03\x01 SSH-2.0-panel\r\n\r\n"),
               Ending::malformed_http},
        Broken{"a status that is no number", answer_with("HTTP/1.1 abc OK\r\n\r\n{}"),
               Ending::malformed_http},
        Broken{"a header without a colon",
               answer_with(head("Content-Length: 2\r\nnonsense\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"a folded header", answer_with(head("X-A: 1\r\n 2\r\nContent-Length: 2\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"an unknown encoding",
               answer_with(head("Content-Encoding: rot13\r\nContent-Length: 2\r\n") + "{}"),
               Ending::malformed_http},
        Broken{"says gzip but is plain",
               answer_with(head("Content-Encoding: gzip\r\nContent-Length: 2\r\n") + "{}"),
               Ending::malformed_http}));

INSTANTIATE_TEST_SUITE_P(
    Head, BrokenAnswer,
    ::testing::Values(
        Broken{"reason phrase of 30 kB",
               answer_with("HTTP/1.1 200 " + std::string(30'000, 'x') + "\r\n\r\n"),
               Ending::head_too_large},
        Broken{"endless status line",
               {read_request(), send("HTTP/1.1 200 "), send_forever(std::string(4096, 'x'))},
               Ending::head_too_large},
        Broken{"endless header line",
               {read_request(), send("HTTP/1.1 200 OK\r\nX-A: "),
                send_forever(std::string(4096, 'x'))},
               Ending::head_too_large},
        Broken{"header line of 70 kB",
               answer_with(head("X-A: " + std::string(70'000, 'x') + "\r\n")),
               Ending::head_too_large},
        Broken{"200,000 headers", answer_with(head(repeated("a: b\r\n", 200'000))),
               Ending::head_too_large},
        Broken{"endless headers",
               {read_request(), send("HTTP/1.1 200 OK\r\n"), send_forever("X-A: b\r\n")},
               Ending::head_too_large},
        Broken{"a flood of interim heads",
               {read_request(), send_forever("HTTP/1.1 100 Continue\r\n\r\n")},
               Ending::head_too_large},
        Broken{"endless trailers",
               {read_request(), send(chunked + "2\r\n{}\r\n0\r\n"), send_forever("X-A: b\r\n")},
               Ending::head_too_large}));

}  // namespace
}  // namespace vfstock::http::testing
