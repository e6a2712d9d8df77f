// The schema of a fail step and the reader of fault rules accept and refuse the same.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mockpanel/faults/rule_json.h"
#include "sim/document/document.h"
#include "sim/document/schemas.h"

namespace vfstock::sim::scenario {
namespace {

using document::Json;

bool schema_accepts(const Json& fail) {
  const Json scenario = {{"name", "n"},
                         {"description", "d"},
                         {"timeline", Json::array({{{"at", "0s"}, {"fail", fail}}})}};
  try {
    document::published_schemas().check("scenario.schema.json", scenario, "f");
    return true;
  } catch (const document::DocumentError&) {
    return false;
  }
}

bool reader_accepts(const Json& fail) {
  try {
    mockpanel::faults::rule_from_json(fail);
    return true;
  } catch (const mockpanel::faults::RuleError&) {
    return false;
  }
}

TEST(FailSchema, KnowsEveryKindAndNoOther) {
  for (const std::string_view name : mockpanel::faults::kind_names()) {
    EXPECT_TRUE(schema_accepts({{"kind", name}})) << name;
  }
  EXPECT_FALSE(schema_accepts({{"kind", "gremlins"}}));
  EXPECT_FALSE(schema_accepts(Json::object()));
}

std::vector<Json> values_of_every_shape() {
  return {
      nullptr,
      true,
      0,
      1,
      7,
      -1,
      0.5,
      1.5,
      200,
      599,
      600,
      2147483647,
      2147483648,
      -2147483647,
      "x",
      "",
      "GET",
      "json",
      "90s",
      "-5s",
      "/data/memory",
      "data",
      "/a~2",
      "/",
      "/~0~1",
      std::string(64, '/'),
      std::string(65, '/'),
      std::string(501, 'x'),
      Json::object(),
      {{"X-A", "b"}},
      {{"X-A", 5}},
      Json::array(),
      {{"record", "package"}, {"id", 7}, {"is", "disabled"}},
      {{"record", "package"}, {"id", 7}},
      {{"record", "package"}, {"id", 0}, {"is", "disabled"}},
      {{"record", "server"}, {"id", 7}, {"is", "full"}},
      {{"record", "hypervisor"}, {"id", 7}, {"is", "gone"}, {"more", 1}},
      "a b-1_x.y",
      "::error::",
      "a\nb",
      {{"headers", {{"X-A", "b*"}}}, {"query", {{"page", "2"}}}, {"body", {{"packageId", "7"}}}},
      {{"headers", Json::object()}},
      {{"query", {{"page", 2}}}},
      {{"cookies", {{"a", "b"}}}},
      {{"requests", 20}, {"window", "60s"}, {"per", "address"}},
      {{"requests", 0}, {"window", "1ms"}},
      {{"requests", 20}},
      {{"requests", 20}, {"window", "0s"}},
      {{"requests", 20}, {"window", "60s"}, {"per", "me"}},
      {{"from", "0s"}, {"to", "2s"}},
      {{"from", "0s"}},
      {{"mean", "300ms"}},
      {{"mean", "0s"}},
      {{"median", "200ms"}, {"p99", "3s"}},
      {{"median", "200ms"}, {"p99", "3s"}, {"to", "3s"}}};
}

TEST(FailSchema, AgreesWithTheReaderFieldByField) {
  const std::vector<std::string> fields{
      "id",    "method",      "path",  "page",  "nth",   "every",  "count", "for",
      "while", "probability", "seed",  "field", "value", "status", "body",  "headers",
      "delay", "nonsense",    "where", "after", "over",  "answer"};
  const std::vector<Json> values = values_of_every_shape();
  int accepted = 0;
  for (const std::string& field : fields) {
    for (const Json& value : values) {
      const Json fail = {{"kind", "reset"}, {field, value}};
      EXPECT_EQ(schema_accepts(fail), reader_accepts(fail)) << fail.dump();
      accepted += reader_accepts(fail) ? 1 : 0;
    }
  }
  EXPECT_GT(accepted, 40);
}

}  // namespace
}  // namespace vfstock::sim::scenario
