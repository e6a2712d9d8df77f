#include "engine/schedule/acceptance.h"

#include <string>

#include <gtest/gtest.h>

#include "engine/catalogue/catalogue.h"
#include "tests/unit/panel/fake_clock.h"

namespace vfstock::schedule {
namespace {

using catalogue::OrderId;
using catalogue::ServiceId;
using plan::AcceptWhen;
using Outcome = apply::Acceptance::Outcome;

class AcceptanceTest : public testing::Test, public Billing {
 protected:
  std::optional<Order> order_of(ServiceId) override { return order; }
  Accepted accept(OrderId id) override {
    ++calls;
    EXPECT_EQ(id, OrderId{7});
    return answer;
  }
  Outcome outcome(AcceptWhen when = AcceptWhen::all_provisioned) {
    return accept_order_of(ServiceId{1}, *this, when, clock)->outcome;
  }

  panel::FakeClock clock;
  std::optional<Order> order = Order{OrderId{7}, "Pending", 0};
  Accepted answer = Accepted::yes;
  int calls = 0;
};

TEST_F(AcceptanceTest, AcceptsAPendingOrderInAnyLetterCase) {
  for (const char* status : {"Pending", "pending", "PENDING"}) {
    order->status = status;
    EXPECT_EQ(outcome(), Outcome::accepted) << status;
  }
  EXPECT_EQ(calls, 3);
}

TEST_F(AcceptanceTest, LeavesEveryOtherStatusAlone) {
  for (const char* status : {"Active", "Cancelled", "Fraud", "", "Pending "}) {
    order->status = status;
    EXPECT_EQ(outcome(), Outcome::not_pending) << status;
  }
  EXPECT_EQ(calls, 0);
}

TEST_F(AcceptanceTest, WaitsUntilEveryServiceOfTheOrderHasItsServer) {
  order->others_waiting = 2;
  EXPECT_EQ(outcome(), Outcome::waits);
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(outcome(AcceptWhen::first_provisioned), Outcome::accepted);
}

TEST_F(AcceptanceTest, SomebodyFasterIsNoError) {
  answer = Accepted::not_pending;
  EXPECT_EQ(outcome(), Outcome::not_pending);
}

TEST_F(AcceptanceTest, AServiceWithoutAnOrderAcceptsNothing) {
  order.reset();
  EXPECT_FALSE(accept_order_of(ServiceId{1}, *this, AcceptWhen::all_provisioned, clock));
}

}  // namespace
}  // namespace vfstock::schedule
