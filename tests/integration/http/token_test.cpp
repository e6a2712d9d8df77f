// The token goes to the panel and nowhere else: to no other host, through no proxy, into no text.
#include <gmock/gmock.h>
#include <stdlib.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Redirect, IsAnAnswerAndIsNotFollowed) {
  const ScriptedServer elsewhere({answer_with(whole_answer("{}"))});
  for (const char* status : {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
    const ScriptedServer server(
        {answer_with("HTTP/1.1 " + std::string(status) + "\r\nLocation: " + elsewhere.base_url() +
                     "/packages/7\r\nContent-Length: 0\r\n\r\n")});
    HttpTransport transport(options_for(server));
    const panel::Answer answer = ask(transport);
    EXPECT_EQ(answer.ending, Ending::complete);
    EXPECT_EQ(answer.status / 100, 3);
    EXPECT_EQ(server.requests().size(), 1U);
  }
  EXPECT_EQ(elsewhere.connections(), 0);
}

/// Sets an environment variable for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() { ::unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
};

TEST(Proxy, OfTheEnvironmentIsIgnored) {
  const ScriptedServer proxy({answer_with(whole_answer("\"proxy\""))});
  const ScriptedServer server({answer_with(whole_answer("\"panel\""))});
  const std::string address = "http://127.0.0.1:" + std::to_string(proxy.port());
  const Environment http("http_proxy", address);
  const Environment all("ALL_PROXY", address);
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).body, "\"panel\"");
  EXPECT_EQ(proxy.connections(), 0);
}

// The panel echoes the token wherever bytes of its own could end up in a text for people.
TEST(Detail, NeverHoldsTheTokenWhateverThePanelEchoes) {
  const std::string echo(token);
  const std::vector<std::string> answers = {
      echo,
      echo + "\r\n\r\n",
      "HTTP/1.1 " + echo + "\r\n\r\n",
      "HTTP/9." + echo + " 200 OK\r\n\r\n",
      "HTTP/1.1 200 " + echo + "\r\n" + echo + "\r\n\r\n",
      head("Content-Length: " + echo + "\r\n"),
      head("Content-Length: 100\r\nX-Echo: " + echo + "\r\n") + echo,
      head("Content-Encoding: " + echo + "\r\n") + echo,
      head("Transfer-Encoding: " + echo + "\r\n") + echo,
      head("Transfer-Encoding: chunked\r\n") + echo + "\r\n",
  };
  for (const std::string& bytes : answers) {
    const ScriptedServer server({answer_with(bytes)});
    HttpTransport transport(options_for(server));
    const panel::Answer answer = ask(transport);
    EXPECT_NE(answer.ending, Ending::complete) << bytes;
    EXPECT_NE(answer.detail, "");
    EXPECT_THAT(answer.detail, Not(HasSubstr(echo)));
  }
}

TEST(Detail, HasTheTokenTakenOutOfATargetThatHoldsIt) {
  HttpOptions options;
  options.base_url = "http://127.0.0.1:" + std::to_string(closed_port());
  options.token = token;
  HttpTransport transport(options);
  const panel::Answer answer = ask(transport, "/packages/" + std::string(token));
  EXPECT_EQ(answer.ending, Ending::refused);
  EXPECT_THAT(answer.detail, HasSubstr("/packages/[token] "));
}

TEST(Options, ThatCouldLeakOrMisleadAreRefusedWithoutRepeatingThem) {
  const auto refusal = [](auto change) -> std::string {
    HttpOptions options;
    options.base_url = "https://panel.example/api/v1";
    options.token = token;
    change(options);
    try {
      const HttpTransport transport(options);
    } catch (const std::invalid_argument& refused) {
      return refused.what();
    }
    return "accepted";
  };
  EXPECT_EQ(refusal([](HttpOptions&) {}), "accepted");
  EXPECT_THAT(refusal([](HttpOptions& o) { o.token += "\n"; }), HasSubstr("line break"));
  EXPECT_THAT(refusal([](HttpOptions& o) { o.token += "\nX-B: c"; }), Not(HasSubstr("s3cret")));
  EXPECT_THAT(refusal([](HttpOptions& o) { o.base_url = "https://u:s3cret@panel.example/"; }),
              Not(::testing::AnyOf(HasSubstr("s3cret"), HasSubstr("accepted"))));
  EXPECT_THAT(refusal([](HttpOptions& o) { o.requests_at_once = 0; }), HasSubstr("positive"));
  EXPECT_THAT(refusal([](HttpOptions& o) { o.request = std::chrono::milliseconds{0}; }),
              HasSubstr("positive"));
}

}  // namespace
}  // namespace vfstock::http::testing
