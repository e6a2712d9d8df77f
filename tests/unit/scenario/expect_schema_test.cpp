// An expect step that nothing could fail is refused before it runs.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/document/document.h"
#include "sim/document/schemas.h"

namespace vfstock::sim::scenario {
namespace {

using document::Json;
using ::testing::HasSubstr;

/// What the reader says of this step; "accepted" when it takes it.
std::string said_of(const std::string& expect) {
  const Json scenario = {
      {"name", "n"},
      {"description", "d"},
      {"timeline", Json::array({{{"at", "0s"}, {"expect", document::parse(expect, "f")}}})}};
  try {
    document::published_schemas().check("scenario.schema.json", scenario, "f");
    return "accepted";
  } catch (const document::DocumentError& error) {
    return error.what();
  }
}

TEST(ExpectSchema, TakesWhatCanFail) {
  for (const char* const expect :
       {R"({"product": 1, "qty": 3})", R"({"product": 1, "decision": "set"})",
        R"({"product": 1, "oversell": 0})", R"({"writes": 0})", R"({"requests": {"/connect": 0}})",
        R"({"requests": {"/compute/hypervisors/groups/12/resources": 3, "/packages/7": 0}})",
        R"({"order": {"id": 1, "status": "Active"}})", R"({"summary": {"held": 0}})"}) {
    EXPECT_EQ(said_of(expect), "accepted") << expect;
  }
}

TEST(ExpectSchema, RefusesWhatNamesNoProduct) {
  for (const char* const field : {R"("qty": 999)", R"("decision": "keep")", R"("why": "capacity")",
                                  R"("trigger": "AfterCronJob")", R"("oversell": 0)"}) {
    const std::string alone = std::string("{") + field + "}";
    EXPECT_THAT(said_of(alone), HasSubstr("means nothing without the field 'product'")) << alone;
    const std::string beside = std::string(R"({"writes": 0, )") + field + "}";
    EXPECT_THAT(said_of(beside), HasSubstr("means nothing without the field 'product'")) << beside;
  }
}

TEST(ExpectSchema, RefusesWhatComparesNothing) {
  EXPECT_THAT(said_of("{}"), HasSubstr("expected at least one of the fields"));
  EXPECT_THAT(said_of(R"({"product": 1})"), HasSubstr("expected at least one of the fields"));
  EXPECT_NE(said_of(R"({"requests": {}})"), "accepted");
  EXPECT_NE(said_of(R"({"summary": {}})"), "accepted");
}

TEST(ExpectSchema, RefusesToCountRequestsThatNoClientSends) {
  for (const char* const path : {"/package/1", "/packages/1?x", "/packages/", "packages/1",
                                 "/compute/hypervisors/groups/1", ""}) {
    const Json expect = {{"requests", {{path, 0}}}};
    EXPECT_NE(said_of(expect.dump()), "accepted") << path;
  }
}

}  // namespace
}  // namespace vfstock::sim::scenario
