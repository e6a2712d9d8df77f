#include "sim/document/schemas.h"

#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "tests/unit/document/refusal.h"

namespace vfstock::sim::document::testing {
namespace {

using ::testing::HasSubstr;

TEST(PublishedSchemas, AreAllOfTheSubsetWeEnforce) { EXPECT_NO_THROW(published_schemas()); }

TEST(PublishedSchemas, HoldTheTextOfTheirFiles) {
  EXPECT_EQ(parse(schema_text("fleet.schema.json"), "f").at("$id"), "fleet.schema.json");
  EXPECT_EQ(parse(schema_text("scenario.schema.json"), "f").at("$id"), "scenario.schema.json");
  EXPECT_THROW(schema_text("no.schema.json"), std::out_of_range);
}

TEST(PublishedSchemas, NameTheFieldThatAnAuthorMistyped) {
  const Json scenario = parse(R"({"name": "n", "description": "d", "timeline": [
      {"at": "5m", "expect": {"produkt": 1}}]})",
                              "f");
  EXPECT_THAT(
      refusal([&] { published_schemas().check("scenario.schema.json", scenario, "s.json"); }),
      HasSubstr("s.json: /timeline/0/expect/produkt: unknown field 'produkt'; did you mean "
                "'product'?"));
}

}  // namespace
}  // namespace vfstock::sim::document::testing
