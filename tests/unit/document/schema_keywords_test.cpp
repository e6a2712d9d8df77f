#include "sim/document/schema_keywords.h"

#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "sim/document/schema.h"

namespace vfstock::sim::document {
namespace {

using ::testing::HasSubstr;

// Why a schema is refused when it is added; "accepted" when it is not.
std::string complaint(std::string_view schema) {
  SchemaSet set;
  try {
    set.add("s.json", schema);
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(SchemaKeywords, AcceptsEveryAnnotation) {
  EXPECT_EQ(complaint(R"({"$schema": "x", "$id": "y", "$comment": "z", "title": "t",
                          "description": "d", "default": 1, "examples": [1], "definitions": {}})"),
            "accepted");
}

TEST(SchemaKeywords, TakesDependenciesOnFieldsAlone) {
  EXPECT_EQ(complaint(R"({"dependencies": {"a": ["b"]}})"), "accepted");
  EXPECT_THAT(complaint(R"({"dependencies": {"a": {"required": ["b"]}}})"),
              HasSubstr("/dependencies/a: expected a list of names"));
}

TEST(SchemaKeywords, RefusesOneThatWouldSilentlyNotHold) {
  EXPECT_EQ(complaint(R"({"properties": {"a": {"multipleOf": 2}}})"),
            "s.json: /properties/a/multipleOf: the keyword 'multipleOf' is not supported");
  EXPECT_THAT(complaint(R"({"definitions": {"a": {"requird": []}}})"), HasSubstr("requird"));
  EXPECT_THAT(complaint(R"({"anyOf": [{"not": {}}]})"), HasSubstr("/anyOf/0/not"));
  EXPECT_THAT(complaint(R"({"items": {"format": "date"}})"), HasSubstr("/items/format"));
  EXPECT_THAT(complaint(R"({"additionalProperties": {"oneOf": []}})"), HasSubstr("oneOf"));
}

TEST(SchemaKeywords, RefusesArgumentsOfTheWrongShape) {
  for (const auto* schema :
       {R"({"type": "int"})", R"({"type": []})", R"({"type": 1})", R"({"required": "a"})",
        R"({"required": [1]})", R"({"enum": []})", R"({"minimum": "1"})", R"({"maxItems": -1})",
        R"({"minLength": 1.5})", R"({"uniqueItems": 1})", R"({"items": [{}]})",
        R"({"properties": []})", R"({"anyOf": []})", R"({"additionalProperties": 1})",
        R"({"$ref": "#/properties/x"})", R"({"$ref": 1})", R"({"description": 1})", "[]", "{"}) {
    EXPECT_NE(complaint(schema), "accepted") << schema;
  }
}

TEST(SchemaKeywords, RefusesRulesBesideAReferenceBecauseTheyAreIgnored) {
  EXPECT_THAT(complaint(R"({"$ref": "#/definitions/x", "type": "integer"})"),
              HasSubstr("ignores 'type' beside $ref"));
  EXPECT_EQ(complaint(R"({"$ref": "#/definitions/x", "description": "fine"})"), "accepted");
}

TEST(SchemaKeywords, AllowsAPatternOnlyOnBoundedText) {
  EXPECT_THAT(complaint(R"({"pattern": "a"})"), HasSubstr("needs a maxLength"));
  EXPECT_THAT(complaint(R"({"pattern": "a", "maxLength": 65})"), HasSubstr("needs a maxLength"));
  EXPECT_EQ(complaint(R"({"pattern": "a", "maxLength": 64})"), "accepted");
  EXPECT_THAT(complaint(R"({"pattern": "(", "maxLength": 64})"), HasSubstr("regular expression"));
}

TEST(SchemaKeywords, RefusesANameThatIsAddedTwice) {
  SchemaSet set;
  set.add("s.json", "{}");
  EXPECT_THROW(set.add("s.json", "{}"), std::logic_error);
}

}  // namespace
}  // namespace vfstock::sim::document
