// The calendar of plans: moments as text, and profiles that move with it.
#include "sim/forecast/plan_calendar.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "sim/forecast/read_plan.h"

namespace vfstock::sim::forecast {
namespace {

using document::Json;

TEST(PlanCalendar, ReadsDatesAndMomentsAndNothingElse) {
  EXPECT_EQ(calendar_text(*calendar_moment("2026-12-01")), "2026-12-01");
  EXPECT_EQ(calendar_text(*calendar_moment("2026-12-01T06:30Z")), "2026-12-01T06:30:00");
  EXPECT_EQ(calendar_text(*calendar_moment("2028-02-29T00:00:00")), "2028-02-29");
  for (const char* const text : {"", "tomorrow", "2026-13-01", "2027-02-29", "2026-12-01T24:00",
                                 "2026-12-1", "2026-12-01 ", "x026-12-01"}) {
    EXPECT_FALSE(calendar_moment(text)) << text;
  }
}

TEST(PlanCalendar, AProfileTurnsWithThePlan) {
  std::vector<double> week(168, 1);
  week[0] = 9;  // the profile's first hour
  const Moment thursday = *calendar_moment("2026-02-12"), saturday = *calendar_moment("2026-02-14");
  align_hours(week, thursday, saturday);
  EXPECT_EQ(week[0], 1);
  EXPECT_EQ(week[120], 9) << "five days after a Saturday is a Thursday";
  align_hours(week, saturday, thursday);
  EXPECT_EQ(week[0], 9);
}

TEST(PlanCalendar, PartsOfAnHourAreMixed) {
  std::vector<double> day(24, 0);
  day[3] = 8;
  align_hours(day, *calendar_moment("2026-02-12T00:15"), *calendar_moment("2026-02-12T00:00"));
  EXPECT_DOUBLE_EQ(day[3], 6);
  EXPECT_DOUBLE_EQ(day[4], 2);
}

PlanDocument document_of(const char* fragment) {
  PlanDocument document{"plan.json",
                        Json::parse(R"({
    "format": 1, "name": "n", "description": "d", "horizon": "10d",
    "panel": {"packages": [{"id": 7, "memory": 1024}],
              "groups": [{"id": 1, "hypervisors": [
                {"hypervisor": {"id": 1}, "resources": {"memory": {"max": 8192}}}]}]},
    "shop": {"products": [{"id": 12, "configoption1": "1", "configoption2": "7"}]}})"),
                        {},
                        {}};
  const auto file = std::filesystem::path(::testing::TempDir()) / "calendar-fragment.json";
  std::ofstream(file) << fragment;
  replace_demand(document, read_what_if(file));
  return document;
}

/// A fragment whose profile is busy in its third day's first hour alone.
std::string fragment_of(const std::string& more) {
  std::string hours;
  for (int hour = 0; hour < 168; ++hour) hours += (hour == 48 ? "9" : "0.5") + std::string(",");
  hours.pop_back();
  return R"({"name": "f", "patch": {"demand": {"s": {"product": 12, "per_day": 1, "hours": [)" +
         hours + R"(], "life": {"law": "never"}}}})" + more + "}";
}

std::size_t busiest(const Plan& plan) {
  const auto& hours = plan.streams.at(0).rate.hours;
  return static_cast<std::size_t>(std::max_element(hours.begin(), hours.end()) - hours.begin());
}

TEST(PlanCalendar, BeginsMovesTheWeekAndNotTheLabelsAlone) {
  for (const std::string more :
       {R"(, "begins": "2026-02-12T00:00:00Z")",
        R"(, "description": "Learnt from x until 2026-02-12T00:00:00Z.")"}) {
    PlanDocument document = document_of(fragment_of(more).c_str());
    EXPECT_EQ(calendar_text(*read_plan(document).begins), "2026-02-12") << more;
    EXPECT_EQ(busiest(read_plan(document)), 48U);
    document.json["begins"] = "2026-02-14";
    EXPECT_EQ(busiest(read_plan(document)), 0U) << "the Saturday is the plan's first day";
  }
}

TEST(PlanCalendar, WithoutOneTheProfileBeginsWithThePlan) {
  PlanDocument document = document_of(fragment_of("").c_str());
  EXPECT_FALSE(read_plan(document).begins);
  document.json["begins"] = "2026-02-14";
  EXPECT_EQ(busiest(read_plan(document)), 48U);
}

TEST(LearntDemand, OfWhatIsNotSoldAnyMoreIsLeftOutAndTold) {
  const PlanDocument document = document_of(R"({"name": "f", "patch": {
    "demand": {"old": {"product": 5, "per_day": 1, "life": {"law": "never"}},
               "new": {"product": 12, "per_day": 1, "locations": {"1": 1, "9": 1},
                       "life": {"law": "never"}}},
    "running": {"old": {"product": 5, "count": 3, "counted": true, "life": {"law": "never"}},
                "moved": {"product": 12, "count": 1, "group": 9, "counted": true,
                          "life": {"law": "never"}}}}})");
  const Plan plan = read_plan(document);
  ASSERT_EQ(plan.streams.size(), 1U);
  ASSERT_EQ(plan.streams[0].groups.size(), 1U);
  ASSERT_EQ(plan.running.size(), 1U);
  EXPECT_FALSE(plan.running[0].group);
  ASSERT_EQ(plan.notes.size(), 3U);
  EXPECT_EQ(plan.notes[0], "the demand 'old' is left out: the plan has no product 5");
  EXPECT_NE(plan.notes[1].find("'new' for group 9 goes to its other groups"), std::string::npos)
      << plan.notes[1];
  EXPECT_NE(plan.notes[2].find("the running VPSes 'old'"), std::string::npos) << plan.notes[2];
}

}  // namespace
}  // namespace vfstock::sim::forecast
