// What the API reads and says.
#include "engine/live/serve/api.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/live/serve/schema.h"

namespace vfstock::serve {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

template <class Read>
std::string refusal_of(Read read) {
  try {
    read();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(Cart, IsReadAsTheHookSendsIt) {
  const auto cart = cart_from(
      R"({"items":[{"product":3,"location":"2|London","qty":2,"more":1},{"product":4}]})");
  ASSERT_EQ(cart.size(), 2U);
  EXPECT_EQ(cart[0].product, 3);
  EXPECT_EQ(cart[0].location, "2|London");
  EXPECT_EQ(cart[0].qty, 2);
  EXPECT_EQ(cart[1].qty, 1);
}

TEST(Cart, SaysWhereItCannotBeRead) {
  EXPECT_THAT(refusal_of([] { cart_from("x"); }), HasSubstr("JSON"));
  EXPECT_THAT(refusal_of([] { cart_from("{}"); }), HasSubstr("/items"));
  EXPECT_THAT(refusal_of([] { cart_from(R"({"items":[{}]})"); }), HasSubstr("/items/0/product"));
  EXPECT_THAT(refusal_of([] { cart_from(R"({"items":[{"product":1,"qty":"2"}]})"); }),
              HasSubstr("/items/0/qty"));
}

TEST(Recalculation, IsOfEverythingUnlessProductsAreNamed) {
  EXPECT_TRUE(recalculation_from("").scope.is_all());
  EXPECT_FALSE(recalculation_from("{}").force);
  const auto some = recalculation_from(R"({"products":[2,1],"force":true})");
  EXPECT_TRUE(some.force);
  ASSERT_NE(some.scope.ids(), nullptr);
  EXPECT_EQ(some.scope.ids()->size(), 2U);
  // An empty list is nothing, never everything.
  EXPECT_FALSE(recalculation_from(R"({"products":[]})").scope.is_all());
  EXPECT_THAT(refusal_of([] { recalculation_from(R"({"products":1})"); }), HasSubstr("/products"));
  EXPECT_THAT(refusal_of([] { recalculation_from(R"({"force":1})"); }), HasSubstr("/force"));
}

TEST(Products, TellWhatIsKnownOfEachPlace) {
  View view;
  view.products[5].id = 5;
  view.products[5].name = "\x1b[31m\xff";
  view.products[5].groups = {{1, true, 4}, {2, true, std::nullopt}, {3, false, 9}};
  const json told = json::parse(products_text(view));
  EXPECT_EQ(told["format"], 1);
  EXPECT_EQ(told["products"][0]["groups"].dump(),
            R"([{"capacity":4,"id":1},{"capacity":"unlimited","id":2},{"capacity":null,"id":3}])");
  EXPECT_TRUE(told["products"][0]["confirmed"].is_null());
}

TEST(Schema, DescribesEveryPath) {
  const json schema = json::parse(schema_text());
  EXPECT_EQ(schema["openapi"], "3.1.0");
  for (const char* path : {"/v1/status", "/v1/products", "/v1/products/{id}", "/v1/plan",
                           "/v1/decisions", "/v1/checkout", "/v1/recalculate", "/v1/brake/release",
                           "/v1/schema", "/webhooks/whmcs", "/webhooks/virtfusion"}) {
    EXPECT_TRUE(schema["paths"].contains(path)) << path;
  }
}

TEST(Schema, NamesEveryFieldThatIsSaid) {
  const json schemas = json::parse(schema_text())["components"]["schemas"];
  View view;
  view.products[1].groups = {{1, true, 4}};
  const json product = json::parse(products_text(view))["products"][0];
  for (const auto& [field, value] : product.items()) {
    EXPECT_TRUE(schemas["Product"]["properties"].contains(field)) << field;
  }
  const json status = json::parse(status_text(view, WallTime{}, 0));
  for (const auto& [field, value] : status.items()) {
    EXPECT_TRUE(schemas["Status"]["properties"].contains(field)) << field;
  }
}

TEST(Readiness, NeedsStoresAndASweepOrAnotherDaemon) {
  View view;
  EXPECT_FALSE(view.is_ready());
  view.role = Role::writer;
  EXPECT_FALSE(view.is_ready());
  view.sweep.succeeded = WallTime{};
  EXPECT_TRUE(view.is_ready());
  view.panel.last_failure = "refused";
  EXPECT_TRUE(view.is_ready()) << "a panel that is down is no reason to be taken out of service";
  view = {};
  view.role = Role::standby;
  EXPECT_TRUE(view.is_ready());
}

TEST(Checkout, AnswersWithWhatIsLeft) {
  EXPECT_EQ(checkout_text(std::nullopt), "{\"format\":1,\"ok\":true}\n");
  EXPECT_EQ(checkout_text(Refused{1, 7}), "{\"format\":1,\"ok\":false,\"item\":1,\"left\":7}\n");
}

}  // namespace
}  // namespace vfstock::serve
