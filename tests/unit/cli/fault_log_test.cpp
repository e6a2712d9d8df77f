#include "sim/cli/fault_log.h"

#include <gtest/gtest.h>

#include "mockpanel/faults/rule_json.h"

namespace vfstock::sim::cli {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
namespace faults = mockpanel::faults;

class FaultLogTest : public testing::Test {
 protected:
  void add(const char* text, mockpanel::model::Time now) {
    injector.add(faults::rule_from_json(nlohmann::ordered_json::parse(text), "", now));
  }
  Lines news(mockpanel::model::Time now) { return log.news(injector.rules(), now); }
  void ask(mockpanel::model::Time now) {
    mockpanel::api::Request request;
    request.method = "GET";
    request.path = "/packages/1";
    injector.judge(request, now);
  }

  mockpanel::model::World world;
  faults::Injector injector{world};
  FaultLog log;
};

TEST_F(FaultLogTest, AFaultBeginsOnceAndEndsWhenItIsRemoved) {
  EXPECT_EQ(news(0s), Lines{});
  add(R"({"id": "down", "kind": "status"})", 0s);
  EXPECT_EQ(news(0s), Lines{"fault \"down\" begins: status"});
  ask(1s);
  EXPECT_EQ(news(1s), Lines{});
  injector.remove("down");
  EXPECT_EQ(news(2s), Lines{"fault \"down\" ends: fired 1 time"});
  EXPECT_EQ(news(3s), Lines{});
}

TEST_F(FaultLogTest, AWindowOpensAndCloses) {
  add(R"({"id": "w", "kind": "reset", "from": "10s", "for": "20s"})", 0s);
  EXPECT_EQ(news(9s), Lines{});
  EXPECT_EQ(news(10s), Lines{"fault \"w\" begins: reset"});
  EXPECT_EQ(news(20s), Lines{"fault \"w\" ends: fired 0 times"});
  injector.clear();
  EXPECT_EQ(news(21s), Lines{});
}

TEST_F(FaultLogTest, ACountIsUsedUp) {
  add(R"({"id": "c", "kind": "reset", "count": 2})", 0s);
  news(0s);
  ask(1s);
  EXPECT_EQ(news(1s), Lines{});
  ask(2s);
  EXPECT_EQ(news(2s), Lines{"fault \"c\" ends: fired 2 times"});
}

TEST_F(FaultLogTest, WhatWasOverBeforeAnybodyLookedIsToldAllTheSame) {
  add(R"({"id": "q", "kind": "reset", "count": 1})", 0s);
  ask(1s);
  EXPECT_EQ(news(2s), (Lines{"fault \"q\" begins: reset", "fault \"q\" ends: fired 1 time"}));
}

}  // namespace
}  // namespace vfstock::sim::cli
