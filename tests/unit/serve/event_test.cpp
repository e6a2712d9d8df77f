// What a message of the shop means, and what of it the engine is told.
#include "engine/live/serve/event.h"

#include <stdexcept>

#include <gmock/gmock.h>

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;
using Action = schedule::ModuleEvent::Action;

Event event_of(const std::string& body) { return whmcs_event("msg_1", body, WallTime{}); }

TEST(ShopEvent, OfAModuleIsTheKeepers) {
  const std::pair<const char*, Action> cases[] = {
      {"AfterModuleCreate", Action::create},
      {"AfterModuleTerminate", Action::terminate},
      {"AfterModuleChangePackage", Action::change_package}};
  for (const auto& [type, action] : cases) {
    const auto told = module_event(
        event_of(fmt::format("{{\"type\":\"{}\",\"data\":{{\"module\":\"VirtFusionDirect\","
                             "\"service\":12,\"product\":\"3\",\"new\":1}},\"extra\":[]}}",
                             type)));
    ASSERT_TRUE(told) << type;
    EXPECT_EQ(told->action, action);
    EXPECT_EQ(told->module_type, "VirtFusionDirect");
    EXPECT_EQ(told->service.value, 12);
    EXPECT_EQ(told->product.value, 3);
  }
}

TEST(ShopEvent, OfACartNeedsAProductAndOfTheCronNothing) {
  EXPECT_EQ(event_of(R"({"type":"ClientAreaPageCart","data":{"product":7}})").product, 7);
  EXPECT_EQ(event_of(R"({"type":"AfterCronJob"})").kind, EventKind::cron);
  EXPECT_FALSE(module_event(event_of(R"({"type":"AfterCronJob"})")));
}

TEST(ShopEvent, ThatCannotBeReadSaysWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {"no json", "JSON"},
      {"[]", "JSON"},
      {R"({"type":"SomethingElse"})", "/type"},
      {R"({"type":"AfterModuleCreate","data":{"module":"x"}})", "/data/service"},
      {R"({"type":"AfterModuleCreate","data":{"service":-4}})", "/data/service"},
      {R"({"type":"ClientAreaPageCart","data":{"product":"7x"}})", "/data/product"},
      {R"({"type":"ClientAreaPageCart","data":{"product":"99999999999999999999"}})",
       "/data/product"},
      {R"({"type":"AfterCronJob","data":3})", "/data"}};
  for (const auto& [body, where] : cases) {
    try {
      event_of(body);
      FAIL() << body;
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), HasSubstr(where)) << body;
    }
  }
}

TEST(PanelHint, SaysNothingButThatSomethingMayHaveChanged) {
  const Event hint = virtfusion_hint("v.1", WallTime{});
  EXPECT_EQ(hint.kind, EventKind::look);
  EXPECT_EQ(hint.service, 0);
  EXPECT_EQ(hint.product, 0);
  EXPECT_FALSE(module_event(hint));
}

}  // namespace
}  // namespace vfstock::serve
