#include "engine/panel/answer.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/panel/fake_transport.h"

namespace vfstock::panel {
namespace {

using std::chrono::seconds;

const Request packages_7{"/packages/7"};

Patience patience_of_a_test() { return {FakeClock().wall(), seconds{900}}; }

std::string meaning(const Answer& answer) {
  return read_answer(packages_7, answer, patience_of_a_test())
      .match([](std::string_view body) { return "found " + std::string(body); },
             [](Missing) { return std::string("missing"); },
             [](const Unavailable& why) { return std::string(name(why.reason)); });
}

std::string detail(const Answer& answer) {
  const auto lookup = read_answer(packages_7, answer, patience_of_a_test());
  return lookup.if_unavailable() ? lookup.if_unavailable()->detail : "";
}

TEST(Answer, IsFoundOnlyFor200WithAJsonContentType) {
  EXPECT_EQ(meaning(answer_with(200, "{}")), "found {}");
  EXPECT_EQ(meaning(answer_with(200, "{}", "Application/JSON; charset=utf-8")), "found {}");
  EXPECT_EQ(meaning(answer_with(200, "{}", "application/vnd.api+json")), "found {}");
  EXPECT_EQ(meaning(answer_with(200, "{}", "text/html")), "not JSON");
  EXPECT_EQ(meaning(answer_with(200, "{}", "text/plain; application/json")), "not JSON");
  EXPECT_EQ(meaning(answer_with(200, "{}", "")), "not JSON");
}

TEST(Answer, IsMissingOnlyForA404WhoseJsonSpeaksOfARecord) {
  for (const char* body :
       {R"({"msg":"not found"})", R"({"msg":"package not found"})",
        R"({"success":false,"message":"Package not found."})", R"({"errors":["group not found"]})",
        R"({"message":"No query results for model [App\\Models\\Package] 7"})"}) {
    EXPECT_EQ(meaning(answer_with(404, body)), "missing") << body;
  }
  for (const char* body : {"",
                           " ",
                           "gone",
                           "{",
                           "{}",
                           "[]",
                           "null",
                           "0",
                           "\"not found\"",
                           R"({"msg":""})",
                           R"({"msg":{}})",
                           R"({"errors":[]})",
                           R"({"message":"Not Found"})",
                           R"({"message":"The requested resource was not found"})",
                           R"({"message":"The route api/v1/packages/7 could not be found."})",
                           R"({"message":"no Route matched with those values"})",
                           R"({"msg":"page not found"})",
                           R"({"error":"not found"})",
                           R"({"detail":"Not Found"})",
                           R"({"code":404,"msg":"package not found"})",
                           R"({"msg":"package not found"} x)",
                           R"({"status":404,"error":"Not Found","path":"/api/v1/packages/7"})",
                           R"({"msg":"down for maintenance"})",
                           " \r\n\t<!DOCTYPE html>",
                           "\x01\x02\xff"}) {
    EXPECT_EQ(meaning(answer_with(404, body)), "unexpected status") << body;
  }
}

TEST(Answer, IsNotMissingWhereA404IsNotMeantAsJson) {
  for (const char* type : {"", "text/plain", "text/html; charset=UTF-8", "application/xml"}) {
    EXPECT_EQ(meaning(answer_with(404, R"({"msg":"package not found"})", type)),
              "unexpected status")
        << type;
  }
}

TEST(Answer, IsUnavailableWhenItSaysThatItIsOld) {
  const auto with = [](int status, const char* name, const char* value) {
    return meaning(
        answer_with(status, R"({"msg":"package not found"})", "application/json", {{name, value}}));
  };
  for (const int status : {200, 404}) {
    for (const char* age : {"121", "86400", "soon", "", "-1", "1, 86400"}) {
      EXPECT_EQ(with(status, "age", age), "too old") << age;
    }
    for (const char* warning : {"110 - \"Response is Stale\"", "199 x \"a\", 111 - \"b\""}) {
      EXPECT_EQ(with(status, "Warning", warning), "too old") << warning;
    }
    EXPECT_NE(with(status, "Age", "120"), "too old");
    EXPECT_NE(with(status, "Age", "0"), "too old");
    EXPECT_NE(with(status, "Warning", "199 - \"110 reasons\""), "too old");
  }
}

TEST(BelievedStatus, TakesAny404ForMissing) {
  Patience patience = patience_of_a_test();
  patience.believe_status = true;
  for (const char* type : {"", "text/html", "application/json"}) {
    const auto lookup = read_answer(packages_7, answer_with(404, "<html>", type), patience);
    EXPECT_TRUE(lookup.is_missing()) << type;
  }
  EXPECT_NE(read_answer(packages_7, answer_with(500, ""), patience).if_unavailable(), nullptr);
}

TEST(Answer, IsUnavailableForEveryOtherStatus) {
  const auto status = [](int code) { return meaning(answer_with(code, "{}")); };
  EXPECT_EQ(status(401), "unauthorised");
  EXPECT_EQ(status(403), "forbidden");
  EXPECT_EQ(status(429), "throttled");
  for (const int code : {300, 301, 302, 303, 304, 307, 308, 399})
    EXPECT_EQ(status(code), "redirected");
  for (const int code : {500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 599}) {
    EXPECT_EQ(status(code), "server error") << code;
  }
  for (const int code : {0,   100, 201, 202, 204, 205, 206, 400, 402, 405,
                         408, 409, 410, 415, 422, 423, 425, 451, 600, 999}) {
    EXPECT_EQ(status(code), "unexpected status") << code;
  }
}

TEST(Answer, IsUnavailableWhateverItsStatusWhenItDidNotArriveWhole) {
  const auto ending = [](Ending how) {
    Answer answer = answer_with(404, "{}");
    answer.ending = how;
    const std::string as_missing = meaning(answer);
    answer.status = 200;
    EXPECT_EQ(meaning(answer), as_missing);
    return as_missing;
  };
  for (const Ending how : {Ending::name_unresolved, Ending::refused, Ending::unreachable,
                           Ending::reset, Ending::closed_early, Ending::malformed_http}) {
    EXPECT_EQ(ending(how), "no connection") << name(how);
  }
  EXPECT_EQ(ending(Ending::tls_failed), "tls");
  EXPECT_EQ(ending(Ending::deadline), "deadline");
  EXPECT_EQ(ending(Ending::not_sent), "deadline");
  EXPECT_EQ(ending(Ending::head_too_large), "too large");
  EXPECT_EQ(ending(Ending::body_too_large), "too large");
}

TEST(Answer, SaysWhatCameFromWhere) {
  EXPECT_EQ(detail(answer_with(503, "")), "503 from /packages/7");
  EXPECT_EQ(detail(answer_with(401, "")), "401 from /packages/7 (is the API token valid?)");
  EXPECT_EQ(detail(answer_with(403, "")),
            "403 from /packages/7 (does the API token have the permission?)");
  EXPECT_EQ(detail(answer_with(404, "<p>")), "404 with a web page from /packages/7");
  EXPECT_EQ(detail(answer_ending(Ending::refused)),
            "no whole answer from /packages/7: " + std::string(name(Ending::refused)));
}

TEST(Answer, CarriesThePatienceThatTheDoorkeeperAskedFor) {
  const auto wait = [](int status, std::string type, std::string value) {
    const auto lookup = read_answer(
        packages_7, answer_with(status, "", std::move(type), {{"retry-after", std::move(value)}}),
        patience_of_a_test());
    return lookup.if_unavailable() ? lookup.if_unavailable()->retry_after : std::nullopt;
  };
  EXPECT_EQ(wait(429, "application/json", "5"), seconds{5});
  EXPECT_EQ(wait(503, "text/html", "7"), seconds{7});
  EXPECT_EQ(wait(404, "text/html", "8"), seconds{8});
  EXPECT_EQ(wait(200, "text/html", "9"), seconds{9});
}

TEST(NotFound, IsNoWordOfARecordThatIsGoneWhereItAsksToComeBackLater) {
  for (const char* header : {"5", "0", "soon", "1 2", "soon GMT", "-3", ""}) {
    const auto lookup = read_answer(
        packages_7, answer_with(404, "{}", "application/json", {{"Retry-After", header}}),
        patience_of_a_test());
    ASSERT_NE(lookup.if_unavailable(), nullptr) << header;
    EXPECT_EQ(lookup.if_unavailable()->reason, Reason::unexpected_status) << header;
  }
}

TEST(Evidence, HoldsSizeAndDigestOfTheBodyAndNotTheBody) {
  const Exchange evidence = exchange(packages_7, answer_with(200, "foobar"));
  EXPECT_EQ(evidence.target, "/packages/7");
  EXPECT_EQ(evidence.ending, Ending::complete);
  EXPECT_EQ(evidence.status, 200);
  EXPECT_EQ(evidence.body_bytes, 6U);
  EXPECT_EQ(evidence.digest, digest_of("foobar"));
}

TEST(Names, AreSaidForEveryReason) {
  for (int i = 0; i <= static_cast<int>(Reason::backing_off); ++i) {
    EXPECT_NE(name(static_cast<Reason>(i)), "unknown") << i;
  }
}

}  // namespace
}  // namespace vfstock::panel
