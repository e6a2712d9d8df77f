// Values and bodies as the panel's framework takes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mockpanel/api/form.h"
#include "mockpanel/api/value.h"
#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

using testing::HasSubstr;

TEST(Value, AnIntegerIsWhatPhpsFilterTakes) {
  for (const auto& [text, number] : {std::pair<const char*, std::int64_t>{"7", 7},
                                     {"+1", 1},
                                     {"-3", -3},
                                     {" 20 ", 20},
                                     {"\t5\n", 5},
                                     {"0", 0},
                                     {"-0", 0},
                                     {"9223372036854775807", INT64_MAX}}) {
    EXPECT_EQ(integer(text), number) << text;
  }
  for (const char* text : {"", " ", "007", "1.0", "1e3", "0x1", "+", "--1", "1 2", "abc",
                           "9223372036854775808", "+ 1"}) {
    EXPECT_EQ(integer(text), std::nullopt) << text;
  }
}

TEST(Value, AnIntegerMayBeAnIntegralFloatOrTrue) {
  EXPECT_EQ(integer_from(512.0), 512);
  EXPECT_EQ(integer_from(1e3), 1000);
  EXPECT_EQ(integer_from("512"), 512);
  EXPECT_EQ(integer_from(true), 1);
  for (const Json& value : {Json(1.5), Json(1e300), Json(false), Json(nullptr), Json("1.0"),
                            Json::array({1}), Json(18446744073709551615U)}) {
    EXPECT_EQ(integer_from(value), std::nullopt) << value;
  }
}

TEST(Value, ABooleanIsOneOfSix) {
  for (const Json& value : {Json(true), Json(1), Json("1")}) EXPECT_EQ(boolean_from(value), true);
  for (const Json& value : {Json(false), Json(0), Json("0")}) EXPECT_EQ(boolean_from(value), false);
  for (const Json& value : {Json("true"), Json("yes"), Json(2), Json(nullptr), Json("")}) {
    EXPECT_EQ(boolean_from(value), std::nullopt) << value;
  }
}

TEST(Form, IsReadAsPhpReadsIt) {
  EXPECT_EQ(read_form("packageId=1&name=a+b%26c&empty=&flag").dump(),
            R"({"packageId":"1","name":"a b&c","empty":"","flag":""})");
  EXPECT_EQ(read_form("a=1&a=2").dump(), R"({"a":"2"})");
  EXPECT_EQ(read_form("k[]=4&k[]=5&k%5B%5D=6").dump(), R"({"k":{"0":"4","1":"5","2":"6"}})");
  EXPECT_EQ(read_form("k[7]=a&k[]=b").dump(), R"({"k":{"7":"a","8":"b"}})");
  EXPECT_EQ(read_form("a[b][c]=1").dump(), R"({"a":{"b":{"c":"1"}}})");
  EXPECT_EQ(read_form("a.b=1&a[=2&=3&[]=4").dump(), R"({"a_b":"1","a[":"2","[]":"4"})");
}

TEST(Form, IsBounded) {
  std::string deep = "a", many;
  for (int i = 0; i < 5000; ++i) deep += "[x]";
  EXPECT_EQ(read_form(deep + "=1").dump(), "{}");
  for (int i = 0; i < 5000; ++i) many += "f" + std::to_string(i) + "=1&";
  EXPECT_EQ(read_form(many).size(), 1000U);
}

TEST(Form, MayHaveManyPartsAndNoFiles) {
  const std::string body =
      "--x y\r\nContent-Disposition: form-data; name=\"packageId\"\r\n\r\n1\r\n"
      "--x y\r\ncontent-disposition: form-data; name=\"k[]\"\r\nContent-Type: text/plain\r\n\r\n"
      "a\r\nb\r\n"
      "--x y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n\r\nno\r\n"
      "--x y--\r\n";
  EXPECT_EQ(read_multipart(body, "multipart/form-data; boundary=\"x y\"").dump(),
            R"({"packageId":"1","k":{"0":"a\r\nb"}})");
  EXPECT_EQ(read_multipart(body, "multipart/form-data").dump(), "{}");
  EXPECT_EQ(read_multipart("--", "multipart/form-data; boundary=b").dump(), "{}");
}

/// A panel that takes what the framework takes.
class Lenient : public testing::Test {
 protected:
  static Options lenient() {
    Options options;
    options.strict = false;
    return options;
  }
  Response post(const std::string& path, const std::string& body, const std::string& type) {
    Request made = request("POST", path, body);
    if (!type.empty()) made.headers.emplace_back("Content-Type", type);
    return api.handle(made, {}, created_at);
  }
  static constexpr const char* form = "application/x-www-form-urlencoded";

  model::World world = published_panel();
  Api api{world, lenient()};
};

TEST_F(Lenient, TakesDigitsAsNumbersAndTellsNumbers) {
  const Response made =
      post("/servers", R"({"packageId":"1","userId":1,"hypervisorId":"+1","memory":512.0})", form);
  ASSERT_EQ(made.status, 201) << made.body;
  const Json server = Json::parse(made.body)["data"];
  EXPECT_EQ(server["settings"]["resources"]["memory"].dump(), "512");
  EXPECT_EQ(server["ownerId"].dump(), "1");
}

TEST_F(Lenient, TakesAFormWithListsAndFlags) {
  const Response made = post("/servers/",
                             "packageId=1&userId=1&hypervisorId=1&firewallRulesets[]=1&"
                             "firewallRulesets[]=2&additionalStorage1Enable=1&"
                             "additionalStorage1Capacity=10&ipv4=&storage=30",
                             form);
  ASSERT_EQ(made.status, 201) << made.body;
  const Json server = Json::parse(made.body)["data"];
  EXPECT_EQ(server["storage"][0]["capacity"], 30);
  EXPECT_EQ(server["storage"][1]["capacity"], 10);
  // An empty field is none: the server has the one address of a create that does not say.
  EXPECT_EQ(server["network"]["interfaces"][0]["ipv4"].size(), 1U);
}

TEST_F(Lenient, RefusesWhatTheFrameworkRefuses) {
  for (const auto& [field, value] : {std::pair<const char*, const char*>{"packageId", "007"},
                                     {"memory", "512.5"},
                                     {"cpuCores", "two"},
                                     {"additionalStorage1Enable", "true"},
                                     {"firewallRulesets", "1"},
                                     {"firewallRulesets[]", "x"}}) {
    const Response refused =
        post("/servers", "packageId=1&userId=1&hypervisorId=1&" + std::string(field) + "=" + value,
             form);
    EXPECT_EQ(refused.status, 422) << field;
    EXPECT_THAT(refused.body, HasSubstr(std::string(field).substr(0, 9)));
  }
}

TEST_F(Lenient, AnEmptyListIsABodyWithoutFields) {
  EXPECT_EQ(post("/users", "[]", "application/json").status, 422);
  EXPECT_THAT(post("/users", "[]", "application/json").body, HasSubstr("name field is required"));
}

TEST_F(Lenient, TextsAreTrimmedAndCountedInCharacters) {
  const std::string name(255, 'x');
  Response made = post("/users", R"({"name":"  J  ","email":" j@d.e "})", "");
  EXPECT_EQ(Json::parse(made.body)["data"]["name"], "J");
  std::string umlauts;
  for (int i = 0; i < 255; ++i) umlauts += "ü";
  made = post("/users", Json{{"name", umlauts}, {"email", "u@d.e"}}.dump(), "");
  EXPECT_EQ(made.status, 201);
  made = post("/users", Json{{"name", umlauts + "u"}, {"email", "v@d.e"}}.dump(), "");
  EXPECT_EQ(made.status, 422);
}

TEST_F(Lenient, QueriesTakeTheSameValues) {
  EXPECT_EQ(get(api, "/compute/hypervisors?results=%205&page=%2B2")["current_page"], 2);
  EXPECT_EQ(
      ask(api, "POST", "/servers?dryRun=yes", R"({"packageId":1,"userId":1,"hypervisorId":1})")
          .body,
      R"({"data":{"dryRun":"success"}})");
}

TEST(Strict, TakesTheDocumentedTypesAlone) {
  model::World world = published_panel();
  Api api(world, {});
  for (const char* body :
       {R"({"packageId":"1","userId":1,"hypervisorId":1})",
        R"({"packageId":1.0,"userId":1,"hypervisorId":1})",
        R"({"packageId":1,"userId":1,"hypervisorId":1,"additionalStorage1Enable":1})",
        R"({"packageId":1,"userId":true,"hypervisorId":1})"}) {
    EXPECT_EQ(ask(api, "POST", "/servers", body).status, 422) << body;
  }
  EXPECT_EQ(ask(api, "POST", "/servers", R"({"packageId":1,"userId":1,"hypervisorId":1})").status,
            201);
}

}  // namespace
}  // namespace vfstock::mockpanel::api
