// What two looks at the services of a shop say happened in between.
#include "engine/live/serve/service_watch.h"

#include <gtest/gtest.h>

namespace vfstock::serve {
namespace {

std::string said(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) {
    text += fmt::format("{} {} {};", name(event.kind), event.service, event.product);
  }
  return text;
}

std::string between(const SeenServices& before, const SeenServices& now) {
  return said(changes_between(before, now, WallTime{}));
}

TEST(ServiceWatch, TellsOfServicesThatBegin) {
  EXPECT_EQ(between({}, {{10, {1, true}}}), "AfterModuleCreate 10 1;");
  EXPECT_EQ(between({{10, {1, false}}}, {{10, {1, true}}}), "AfterModuleCreate 10 1;");
  EXPECT_EQ(between({}, {{10, {1, false}}}), "") << "one that only waits is no news";
}

TEST(ServiceWatch, TellsOfServicesThatEnd) {
  EXPECT_EQ(between({{10, {1, true}}}, {{10, {1, false}}}), "AfterModuleTerminate 10 1;");
  EXPECT_EQ(between({{10, {1, true}}}, {}), "AfterModuleTerminate 10 1;");
  EXPECT_EQ(between({{10, {1, false}}}, {}), "");
}

TEST(ServiceWatch, TellsOfServicesThatChangeTheirPackage) {
  EXPECT_EQ(between({{10, {1, true}}}, {{10, {2, true}}}), "AfterModuleChangePackage 10 2;");
  EXPECT_EQ(between({{10, {1, true}}}, {{10, {1, true}}}), "");
}

TEST(ServiceWatch, GivesEveryEventAnIdOfItsOwn) {
  const auto events = changes_between({}, {{10, {1, true}}, {11, {1, true}}}, WallTime{});
  ASSERT_EQ(events.size(), 2U);
  EXPECT_NE(events[0].id, events[1].id);
}

}  // namespace
}  // namespace vfstock::serve
