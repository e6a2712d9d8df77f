// The table of answers: what may be believed, and what must change nothing.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Exchanged answer(int status, const std::string& body, const std::string& type) {
  Exchanged exchange;
  exchange.target = "/packages/7";
  exchange.status = status;
  exchange.headers = {{"Content-Type", type}};
  exchange.body = body;
  exchange.whole = true;
  return exchange;
}

Exchanged usual_answer() { return answer(200, package_json().dump(), "application/json"); }

TraceWriter after_package(const Exchanged& exchange) {
  TraceWriter trace;
  trace.begins().exchanged(exchange).group(1, page_json({hypervisor_json(1, 4)}));
  return trace;
}

/// Keeping is right and any write is a breach of keep-on-unavailable alone.
MATCHER(MustChangeNothing, "must change nothing") {
  const auto written = after_package(arg).sets(0).ends().findings();
  return after_package(arg).keeps().ends().findings().empty() &&
         written == std::vector<std::string>{"keep-on-unavailable"};
}

TEST(Answers, AreBelievedAsWholeJsonWithStatus200) {
  EXPECT_THAT(after_package(usual_answer()).sets(4).ends().findings(), IsEmpty());
  const Exchanged with_charset =
      answer(200, package_json().dump(), "Application/JSON; charset=utf-8");
  EXPECT_THAT(after_package(with_charset).sets(4).ends().findings(), IsEmpty());
}

class StatusThatIsNoAnswer : public ::testing::TestWithParam<int> {};

TEST_P(StatusThatIsNoAnswer, ChangesNothing) {
  EXPECT_THAT(answer(GetParam(), package_json().dump(), "application/json"), MustChangeNothing());
  EXPECT_THAT(answer(GetParam(), "", ""), MustChangeNothing());
}

INSTANTIATE_TEST_SUITE_P(Every, StatusThatIsNoAnswer,
                         ::testing::Values(100, 201, 204, 205, 206, 301, 302, 307, 400, 401, 403,
                                           405, 408, 409, 410, 415, 422, 423, 425, 429, 500, 502,
                                           503, 504, 520, 527));

TEST(Answers, OfARecordThatIsGoneChangeNothingWhereTheyAskToComeBackLater) {
  // A wait that can be read binds the requests that follow as well: time_rules_test.
  for (const char* header : {"-3", "0", "soon", "1 2"}) {
    Exchanged exchange = answer(404, "{}", "application/json");
    exchange.headers.emplace_back("Retry-After", header);
    EXPECT_THAT(exchange, MustChangeNothing()) << header;
  }
}

TEST(Answers, ThatNeverCameChangeNothing) {
  EXPECT_THAT(TraceWriter::nothing_from("/packages/7"), MustChangeNothing());
}

TEST(Answers, CutShortChangeNothingHoweverWholeTheyLook) {
  Exchanged exchange = usual_answer();
  exchange.whole = false;
  EXPECT_THAT(exchange, MustChangeNothing());
}

TEST(Answers, OfAnotherTypeChangeNothing) {
  EXPECT_THAT(answer(200, package_json().dump(), "text/html"), MustChangeNothing());
  EXPECT_THAT(answer(200, package_json().dump(), ""), MustChangeNothing());
  EXPECT_THAT(answer(200, "<html>Back soon</html>", "application/json"), MustChangeNothing());
}

TEST(Answers, OfAnUnusualJsonTypeMayBeBelievedOrNot) {
  const Exchanged exchange = answer(200, package_json().dump(), "application/vnd.api+json");
  EXPECT_THAT(after_package(exchange).keeps().ends().findings(), IsEmpty());
  EXPECT_THAT(after_package(exchange).sets(4).ends().findings(), IsEmpty());
  EXPECT_THAT(after_package(exchange).sets(3).ends().findings(), ElementsAre("truth-on-found"));
}

class BodyThatIsNoDocument : public ::testing::TestWithParam<std::string> {};

TEST_P(BodyThatIsNoDocument, ChangesNothing) {
  EXPECT_THAT(answer(200, GetParam(), "application/json"), MustChangeNothing());
}

std::string nested(std::size_t levels) {
  std::string body = package_json().dump();
  body.insert(1, "\"extra\":" + std::string(levels, '[') + std::string(levels, ']') + ",");
  return body;
}

INSTANTIATE_TEST_SUITE_P(
    Every, BodyThatIsNoDocument,
    ::testing::Values("", " ", "null", "[]", "{}", R"({"data":[]})", R"({"error":"try again"})",
                      package_json().dump() + "}", package_json().dump() + package_json().dump(),
                      "\xEF\xBB\xBF" + package_json().dump(),
                      package_json().dump() + std::string(1, '\0'),
                      package_json().dump().substr(0, 40), nested(64),
                      R"({"data":{"id":7,"id":7,"enabled":true,"memory":1024,"cpuCores":1,)"
                      R"("primaryStorage":10,"primaryStorageProfile":0}})",
                      R"({"name":")"
                      "\xFF"
                      R"(","data":{}})"));

TEST(Answers, MayBeNestedUpToTheLimit) {
  const Exchanged exchange = answer(200, nested(63), "application/json");
  EXPECT_THAT(after_package(exchange).sets(4).ends().findings(), IsEmpty());
}

TEST(Answers, MayCarryFieldsThatNobodyNeeds) {
  Json package = package_json();
  package["data"]["backupPlanId"] = nullptr;
  package["data"]["name"] = "S";
  const Exchanged exchange = answer(200, package.dump(), "application/json");
  EXPECT_THAT(after_package(exchange).sets(4).ends().findings(), IsEmpty());
}

class PackageFieldThatIsWorthless
    : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(PackageFieldThatIsWorthless, ChangesNothing) {
  Json package = package_json();
  package["data"][GetParam().first] = Json::parse(GetParam().second);
  EXPECT_THAT(answer(200, package.dump(), "application/json"), MustChangeNothing());
}

INSTANTIATE_TEST_SUITE_P(
    Every, PackageFieldThatIsWorthless,
    ::testing::Values(std::pair("id", "8"), std::pair("id", "null"), std::pair("enabled", "2"),
                      std::pair("enabled", "\"yes\""), std::pair("enabled", "null"),
                      std::pair("memory", "null"), std::pair("memory", "\"1 GB\""),
                      std::pair("memory", "\"\""), std::pair("memory", "1024.5"),
                      std::pair("memory", "9007199254740993"), std::pair("memory", "1e300"),
                      std::pair("memory", "true"), std::pair("cpuCores", "[]"),
                      std::pair("primaryStorage", "{}"),
                      std::pair("primaryStorageProfile", "18446744073709551615")));

TEST(Answers, WithoutANeededFieldChangeNothing) {
  for (const char* const field :
       {"id", "enabled", "memory", "cpuCores", "primaryStorage", "primaryStorageProfile"}) {
    Json package = package_json();
    package["data"].erase(field);
    EXPECT_THAT(answer(200, package.dump(), "application/json"), MustChangeNothing()) << field;
  }
}

TEST(Answers, MayWriteWholeNumbersAsFloatsOrDigitStrings) {
  Json package = package_json();
  package["data"]["memory"] = "1024";
  package["data"]["primaryStorage"] = 10.0;
  package["data"]["enabled"] = 1;
  const Exchanged exchange = answer(200, package.dump(), "application/json");
  EXPECT_THAT(after_package(exchange).sets(4).ends().findings(), IsEmpty());
  EXPECT_THAT(after_package(exchange).keeps().ends().findings(), ElementsAre("truth-on-found"));
}

TEST(Answers, AreToldWithTheirTime) {
  const std::string story = after_package(answer(503, "", "text/html")).sets(0).ends().story();
  EXPECT_EQ(story, "product 3: qty 5 -> 0 although package 7 answered 503 at 5m0.01s");
}

TEST(Answers, NeverPutHostileTypesIntoStories) {
  const Exchanged exchange = answer(200, "x", "a\x1b[31m");
  EXPECT_THAT(after_package(exchange).sets(0).ends().story(), HasSubstr("an unreadable type"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
