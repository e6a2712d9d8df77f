// What Prometheus is told.
#include "engine/live/serve/metrics.h"

#include <gmock/gmock.h>

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

View view_of_two() {
  View view;
  view.role = Role::writer;
  view.held = 2;
  view.products[1].qty = 31;
  view.products[1].confirmed = WallTime{Milliseconds{1'500}};
  view.products[2].qty = 12;
  return view;
}

TEST(Metrics, TellTheQtyOfEachProductAndHowOldItIs) {
  Metrics metrics("1.2.3");
  metrics.publish(view_of_two());
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("vfstock_build_info{version=\"1.2.3\"} 1"));
  EXPECT_THAT(text, HasSubstr("vfstock_product_qty{product=\"1\"} 31"));
  EXPECT_THAT(text, HasSubstr("vfstock_product_confirmed_timestamp_seconds{product=\"1\"} 1.5"));
  EXPECT_THAT(text, Not(HasSubstr("vfstock_product_confirmed_timestamp_seconds{product=\"2\"}")));
  EXPECT_THAT(text, HasSubstr("vfstock_writer 1"));
  EXPECT_THAT(text, HasSubstr("vfstock_brake_held_products 2"));
}

TEST(Metrics, ForgetAProductThatIsNoLongerManaged) {
  Metrics metrics("1");
  metrics.publish(view_of_two());
  View view = view_of_two();
  view.products.erase(1);
  view.role = Role::standby;
  metrics.publish(view);
  const std::string text = metrics.text();
  EXPECT_THAT(text, Not(HasSubstr("{product=\"1\"}")));
  EXPECT_THAT(text, HasSubstr("vfstock_product_qty{product=\"2\"} 12"));
  EXPECT_THAT(text, HasSubstr("vfstock_writer 0"));
}

TEST(Metrics, CountWhatHappens) {
  Metrics metrics("1");
  metrics.sweep("AfterCronJob", true, Milliseconds{250});
  metrics.sweep("AfterCronJob", false, Milliseconds{250});
  metrics.decision("wrote", "capacity");
  metrics.event("whmcs", "AfterCronJob");
  metrics.event_refused("forged");
  metrics.panel_request("packages", "200", Milliseconds{20});
  metrics.event_written(Milliseconds{2'000});
  metrics.reloaded(false);
  const std::string text = metrics.text();
  for (const char* line :
       {"vfstock_sweeps_total{result=\"success\",trigger=\"AfterCronJob\"} 1",
        "vfstock_sweep_duration_seconds_count 2",
        "vfstock_decisions_total{cause=\"capacity\",outcome=\"wrote\"} 1",
        "vfstock_events_total{event=\"AfterCronJob\",source=\"whmcs\"} 1",
        "vfstock_events_refused_total{reason=\"forged\"} 1",
        "vfstock_panel_requests_total{code=\"200\",endpoint=\"packages\"} 1",
        "vfstock_event_to_write_seconds_count 1", "vfstock_config_last_reload_successful 0",
        "process_resident_memory_bytes"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(Endpoint, IsOneOfFewHoweverManyIds) {
  EXPECT_EQ(endpoint_of("/packages/7"), "packages");
  EXPECT_EQ(endpoint_of("/compute/hypervisors/groups/9/resources?results=200&page=3"),
            "group_resources");
  EXPECT_EQ(endpoint_of("/compute/hypervisors/groups?results=1"), "groups");
  EXPECT_EQ(endpoint_of("/connect"), "connect");
  EXPECT_EQ(endpoint_of("/anything/else"), "other");
}

}  // namespace
}  // namespace vfstock::serve
