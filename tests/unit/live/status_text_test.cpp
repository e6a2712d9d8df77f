#include "sim/cli/status_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock::sim::cli {
namespace {

using live::ShopStatus;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + hours{3};
constexpr AgeLimits limits{minutes{15}, hours{1}};

ShopStatus swept(std::chrono::seconds before) {
  ShopStatus status;
  status.last_good = status.last_sweep = now - before;
  status.products = 2;
  return status;
}

ShopStatus::Waiting waiting(bool is_held) {
  return {{7}, "VPS\x1b[2J", "group 1 could not be read", now - hours{2}, is_held};
}

TEST(Health, GoesByTheAgeOfTheLastGoodSweep) {
  EXPECT_EQ(health_of(swept(minutes{14}), now, limits), Health::ok);
  EXPECT_EQ(health_of(swept(minutes{15}), now, limits), Health::warning);
  EXPECT_EQ(health_of(swept(minutes{60}), now, limits), Health::critical);
  EXPECT_EQ(health_of(swept(-minutes{60}), now, limits), Health::ok) << "a clock set back";
}

TEST(Health, IsUnknownWithoutASweepAndCriticalWithoutAGoodOne) {
  EXPECT_EQ(health_of({}, now, limits), Health::unknown);
  ShopStatus status = swept(minutes{1});
  status.last_good.reset();
  EXPECT_EQ(health_of(status, now, limits), Health::critical);
}

TEST(Health, SuffersFromWhatWaitsAndFromOtherWriters) {
  ShopStatus status = swept(minutes{1});
  status.waiting = {waiting(false)};
  EXPECT_EQ(health_of(status, now, limits), Health::warning);
  status.waiting = {waiting(true)};
  EXPECT_EQ(health_of(status, now, limits), Health::critical);
  status = swept(minutes{1});
  status.foreign = {{{1}, "VPS", 7, 9, now}};
  EXPECT_EQ(health_of(status, now, limits), Health::warning);
  status = swept(minutes{1});
  status.last_failure = "connection refused";
  EXPECT_EQ(health_of(status, now, limits), Health::warning);
}

TEST(StatusText, SaysFirstWhatMattersAndThenEachProduct) {
  ShopStatus status = swept(minutes{5});
  status.waiting = {waiting(true)};
  status.foreign = {{{1}, "VPS S", 7, 9, now}};
  const std::string text = status_text(status, now, Health::critical);
  EXPECT_THAT(text,
              HasSubstr("VFSTOCK CRITICAL - last good sweep 5 min ago, 2 products, 0 kept for "
                        "now, 1 held by the brake, 1 raised by somebody else | age=300s "
                        "kept=0 held=1 foreign=1\n"));
  EXPECT_THAT(text, HasSubstr("held by the brake since 2026-11-24T01:00:00Z: group 1"));
  EXPECT_THAT(text, HasSubstr("stood at 7 when it was left, and at 9"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(StatusMetrics, AreWhatPrometheusReads) {
  const std::string text = status_metrics(swept(minutes{5}), Health::ok);
  EXPECT_THAT(text, HasSubstr("# TYPE vfstock_products gauge\nvfstock_products 2\n"));
  EXPECT_THAT(text, HasSubstr("vfstock_last_good_sweep_seconds 1795488900\n"));
}

}  // namespace
}  // namespace vfstock::sim::cli
