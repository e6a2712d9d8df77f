#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "sim/document/schema.h"
#include "tests/unit/document/refusal.h"

namespace vfstock::sim::document::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// What checking `document` against the one schema `schema` says, without the file's name.
std::string problem(std::string_view schema, std::string_view document) {
  SchemaSet set;
  set.add("s.json", schema);
  const std::string said = refusal([&] { set.check("s.json", parse(document, "f"), "f"); });
  return said == "accepted" ? said : said.substr(said.find(": ") + 2);
}

TEST(SchemaType, NamesWhatWasExpectedAndWhatWasFound) {
  const auto* schema = R"({"type": "integer"})";
  EXPECT_EQ(problem(schema, "7"), "accepted");
  EXPECT_EQ(problem(schema, "7.0"), "accepted");
  EXPECT_EQ(problem(schema, "7.5"), "the document: expected a whole number, found 7.5");
  EXPECT_EQ(problem(schema, "\"7\""), "the document: expected a whole number, found \"7\"");
  EXPECT_EQ(problem(schema, "[7]"), "the document: expected a whole number, found an array of 1");
}

TEST(SchemaType, KnowsEveryKind) {
  const auto accepts = [](const std::string& type, std::string_view document) {
    return problem("{\"type\": \"" + type + "\"}", document) == "accepted";
  };
  EXPECT_TRUE(accepts("null", "null") && !accepts("null", "0"));
  EXPECT_TRUE(accepts("boolean", "true") && !accepts("boolean", "1"));
  EXPECT_TRUE(accepts("number", "1.5") && accepts("number", "1") && !accepts("number", "true"));
  EXPECT_TRUE(accepts("string", "\"\"") && !accepts("string", "null"));
  EXPECT_TRUE(accepts("array", "[]") && !accepts("array", "{}"));
  EXPECT_TRUE(accepts("object", "{}") && !accepts("object", "[]"));
}

TEST(SchemaType, MayBeOneOfSeveral) {
  const auto* schema = R"({"type": ["string", "null"]})";
  EXPECT_EQ(problem(schema, "null"), "accepted");
  EXPECT_EQ(problem(schema, "1"), "the document: expected text or null, found 1");
}

TEST(SchemaFields, SuggestsTheNearestNameForAnUnknownOne) {
  const auto* schema =
      R"({"additionalProperties": false, "properties": {"product": {}, "qty": {}}})";
  EXPECT_EQ(problem(schema, R"({"qty": 1, "produkt": 2})"),
            "/produkt: unknown field 'produkt'; did you mean 'product'?");
  EXPECT_EQ(problem(schema, R"({"zebra": 2})"),
            "/zebra: unknown field 'zebra'; known are product or qty");
}

TEST(SchemaFields, MayHaveASchemaForAllOthers) {
  const auto* schema = R"({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}})";
  EXPECT_EQ(problem(schema, R"({"a": "x", "b": 1})"), "accepted");
  EXPECT_EQ(problem(schema, R"({"b": "x"})"), "/b: expected a whole number, found \"x\"");
}

TEST(SchemaFields, NamesTheMissingOne) {
  EXPECT_EQ(problem(R"({"required": ["a", "b"]})", R"({"a": 1})"),
            "the document: the field 'b' is missing");
  EXPECT_EQ(problem(R"({"required": ["a"]})", "[]"), "accepted") << "says nothing about arrays";
}

TEST(SchemaFields, BoundsTheirNumber) {
  const auto* schema = R"({"minProperties": 1, "maxProperties": 2})";
  EXPECT_EQ(problem(schema, "{}"), "the document: expected at least 1 field, found 0");
  EXPECT_EQ(problem(schema, R"({"a":1,"b":1})"), "accepted");
  EXPECT_EQ(problem(schema, R"({"a":1,"b":1,"c":1})"),
            "the document: expected at most 2 fields, found 3");
}

TEST(SchemaItems, AreCheckedEachWithItsIndex) {
  const auto* schema = R"({"items": {"type": "integer"}, "minItems": 1, "maxItems": 2})";
  EXPECT_EQ(problem(schema, "[1, 2]"), "accepted");
  EXPECT_EQ(problem(schema, "[1, null]"), "/1: expected a whole number, found null");
  EXPECT_EQ(problem(schema, "[]"), "the document: expected at least 1 item, found 0");
  EXPECT_EQ(problem(schema, "[1, 2, 3]"), "the document: expected at most 2 items, found 3");
}

TEST(SchemaItems, MayHaveToDiffer) {
  const auto* schema = R"({"uniqueItems": true})";
  EXPECT_EQ(problem(schema, R"([1, true, "1"])"), "accepted");
  EXPECT_EQ(problem(schema, R"([1, 2, 1.0])"),
            "the document: the items 0 and 2 are the same, 1.0; each may be there once");
  EXPECT_EQ(problem(R"({"uniqueItems": false})", "[1, 1]"), "accepted");
}

TEST(SchemaValues, SuggestsTheNearestOption) {
  const auto* schema = R"({"enum": ["storage-type", "pool-id", 1]})";
  EXPECT_EQ(problem(schema, R"("pool-id")"), "accepted");
  EXPECT_EQ(problem(schema, "1.0"), "accepted");
  EXPECT_EQ(problem(schema, R"("pool_id")"),
            "the document: expected \"storage-type\", \"pool-id\" or 1, found \"pool_id\"; did you "
            "mean 'pool-id'?");
  EXPECT_EQ(problem(R"({"const": 1})", "2"), "the document: expected 1, found 2");
  EXPECT_EQ(problem(R"({"const": true})", "1"), "the document: expected true, found 1");
}

TEST(SchemaNumbers, IncludeTheirBounds) {
  const auto* schema = R"({"minimum": 1, "maximum": 2.5})";
  EXPECT_EQ(problem(schema, "1"), "accepted");
  EXPECT_EQ(problem(schema, "2.5"), "accepted");
  EXPECT_EQ(problem(schema, "0"), "the document: expected at least 1, found 0");
  EXPECT_EQ(problem(schema, "3"), "the document: expected at most 2.5, found 3");
  EXPECT_EQ(problem(schema, "\"0\""), "accepted") << "says nothing about text";
}

TEST(SchemaText, CountsCharacters) {
  const auto* schema = R"({"minLength": 2, "maxLength": 3})";
  EXPECT_EQ(problem(schema, "\"ééé\""), "accepted");
  EXPECT_EQ(problem(schema, "\"é\""), "the document: expected at least 2 characters, found 1");
  EXPECT_EQ(problem(schema, "\"éééé\""), "the document: expected at most 3 characters, found 4");
}

TEST(SchemaText, ExplainsAPatternByItsDescription) {
  const auto* schema =
      R"({"pattern": "^[0-9]+s$", "maxLength": 9, "description": "seconds, e.g. 90s"})";
  EXPECT_EQ(problem(schema, "\"90s\""), "accepted");
  EXPECT_EQ(problem(schema, "\"90\""),
            "the document: \"90\" does not match ^[0-9]+s$ (seconds, e.g. 90s)");
}

TEST(SchemaText, RunsNoPatternOnTextThatIsTooLong) {
  const auto* schema = R"({"pattern": "^(a+)+$", "maxLength": 20})";
  const std::string text = "\"" + std::string(1'000'000, 'a') + "!\"";
  EXPECT_THAT(problem(schema, text), HasSubstr("expected at most 20 characters"));
}

TEST(SchemaBranches, AcceptWhatAnyOfThemAccepts) {
  const auto* schema = R"({"anyOf": [{"type": "boolean"}, {"type": "integer", "maximum": 1}]})";
  EXPECT_EQ(problem(schema, "true"), "accepted");
  EXPECT_EQ(problem(schema, "1"), "accepted");
  EXPECT_EQ(problem(schema, "2"), "the document: expected at most 1, found 2");
  EXPECT_EQ(problem(schema, "null"),
            "the document: expected true or false or a whole number, found null");
}

TEST(SchemaBranches, ReportTheOneThatSharesMostFields) {
  const auto* schema = R"({"anyOf": [
    {"required": ["one"], "additionalProperties": false, "properties": {"one": {"type": "object"}}},
    {"required": ["copies", "of"], "additionalProperties": false,
     "properties": {"copies": {"type": "integer"}, "of": {"type": "object"}}}]})";
  EXPECT_EQ(problem(schema, R"({"copies": "2", "of": {}})"),
            "/copies: expected a whole number, found \"2\"");
  EXPECT_EQ(problem(schema, R"({"one": 1})"), "/one: expected an object, found 1");
}

TEST(SchemaOrder, ReportsTheFirstProblemOfTheDocumentAndNotOfTheSchema) {
  const auto* schema = R"({"required": ["z"], "properties": {
    "a": {"type": "integer"}, "b": {"items": {"type": "integer"}}}})";
  EXPECT_THAT(problem(schema, R"({"b": [1, "x"], "a": "y"})"), StartsWith("/b/1: "));
  EXPECT_THAT(problem(schema, R"({"a": "y", "b": [1, "x"]})"), StartsWith("/a: "));
}

TEST(SchemaReference, LeadsToDefinitionsOfTheSameAndOfAnotherFile) {
  SchemaSet set;
  set.add("a.json", R"({"properties": {"x": {"$ref": "b.json#/definitions/outer"}}})");
  set.add("b.json", R"({"definitions": {"outer": {"items": {"$ref": "#/definitions/inner"}},
                                        "inner": {"type": "integer"}}})");
  EXPECT_EQ(refusal([&] { set.check("a.json", parse(R"({"x": [1]})", "f"), "f"); }), "accepted");
  EXPECT_EQ(refusal([&] { set.check("a.json", parse(R"({"x": [null]})", "f"), "f"); }),
            "f: /x/0: expected a whole number, found null");
}

TEST(SchemaReference, IsAProgrammersErrorWhenItLeadsNowhereOrInACircle) {
  SchemaSet set;
  set.add("a.json", R"({"$ref": "#/definitions/x"})");
  set.add("b.json", R"({"$ref": "c.json#/definitions/x"})");
  set.add("d.json", R"({"items": {"$ref": "#/definitions/x"},
                        "definitions": {"x": {"$ref": "#/definitions/x"}}})");
  for (const auto* name : {"a.json", "b.json", "d.json", "unknown.json"}) {
    EXPECT_THROW(set.check(name, Json::array({1}), "f"), std::logic_error) << name;
  }
}

TEST(SchemaFields, MayNeedOthersBesideThem) {
  const auto* schema = R"({"dependencies": {"qty": ["product"]}})";
  EXPECT_EQ(problem(schema, R"({"qty": 1, "product": 2})"), "accepted");
  EXPECT_EQ(problem(schema, R"({"product": 2})"), "accepted");
  EXPECT_EQ(problem(schema, R"({"qty": 1})"), "/qty: means nothing without the field 'product'");
}

TEST(SchemaFields, MayHaveNamesOfACertainKind) {
  const auto* schema = R"({"propertyNames": {"maxLength": 9, "pattern": "^/"}})";
  EXPECT_EQ(problem(schema, R"({"/a": 1})"), "accepted");
  EXPECT_THAT(problem(schema, R"({"/a": 1, "b": 1})"), StartsWith("/b: "));
}

TEST(SchemaFields, MayBeNeededInAnyChoice) {
  const auto* schema = R"({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]})";
  EXPECT_EQ(problem(schema, R"({"b": 1})"), "accepted");
  EXPECT_EQ(problem(schema, R"({"c": 1})"),
            "the document: expected at least one of the fields a or b");
}

}  // namespace
}  // namespace vfstock::sim::document::testing
