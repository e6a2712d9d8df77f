// Plan files: what they say, what is refused and where, and what a merge patch changes.
#include "sim/forecast/read_plan.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "sim/document/schemas.h"
#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {
namespace {

using document::Json;

Json smallest() {
  return Json::parse(R"({
    "format": 1, "name": "n", "description": "d", "horizon": "10d",
    "panel": {"packages": [{"id": 7, "memory": 1024}],
              "groups": [{"id": 1, "hypervisors": [
                {"hypervisor": {"id": 1}, "resources": {"memory": {"max": 8192}}}]}]},
    "shop": {"products": [{"id": 12, "configoption1": "1", "configoption2": "7"}]},
    "demand": {"a": {"product": 12, "per_day": 1, "life": {"law": "exponential", "mean": "5d"}}}
  })");
}

PlanDocument document_of(const Json& json) { return {"plan.json", json, {}, {}}; }

std::string refusal(const Json& json, const Json& patch = Json::object()) {
  try {
    (void)read_plan(document_of(json), {"w", patch});
  } catch (const document::DocumentError& error) {
    return error.what();
  }
  return "accepted";
}

/// What the patch of the smallest plan is refused with.
std::string refusal_of(const char* patch) { return refusal(smallest(), Json::parse(patch)); }

TEST(ReadPlan, TheSmallestPlan) {
  const Plan plan = read_plan(document_of(smallest()));
  EXPECT_EQ(plan.horizon, 864'000'000);
  ASSERT_EQ(plan.streams.size(), 1U);
  EXPECT_EQ(plan.streams[0].rate.per_day, 1);
  EXPECT_EQ(plan.mode, StockMode::engine);
}

TEST(ReadPlan, RefusesImpossiblePlansWithTheirPlace) {
  EXPECT_EQ(refusal_of(R"({"horizon": "0d"})"),
            "plan.json (w): /horizon: expected more than nothing");
  EXPECT_EQ(refusal_of(R"({"warm_up": "10d"})"),
            "plan.json (w): /horizon: is not later than the end of warm_up");
  EXPECT_EQ(refusal_of(R"({"products": {"13": {"configoption7": "5"}}})"),
            "plan.json (w): /products/13: there is no product 13");
  EXPECT_EQ(refusal_of(R"({"demand": {"a": {"product": 13}}})"),
            "plan.json (w): /demand/a/product: there is no product 13");
  EXPECT_EQ(refusal_of(R"({"panel": {"groups": [{"id": 1, "hypervisors": []}]}})"),
            "plan.json (w): /panel: expected at least one hypervisor");
  EXPECT_EQ(refusal_of(R"({"demand": {"a": {"life": {"mean": "0d"}}}})"),
            "plan.json (w): /demand/a/life/mean: expected more than nothing");
  EXPECT_NE(refusal_of(R"({"demand": {"a": {"life": {"mean": "-5d"}}}})")
                .find("plan.json (w): /demand/a/life/mean: "),
            std::string::npos);
  EXPECT_EQ(refusal_of(R"({"demand": {"a": {"life": {"shape": 2}}}})"),
            "plan.json (w): /demand/a/life/shape: does not belong to the law exponential");
  EXPECT_EQ(refusal_of(R"({"operations": {"o": {"at": "2d", "fail": 9}}})"),
            "plan.json (w): /operations/o/fail: there is no hypervisor 9");
  EXPECT_EQ(refusal_of(R"({"operations": {"o": {"at": "2d", "fail": 1, "drain": 1}}})"),
            "plan.json (w): /operations/o/drain: one operation is one thing; fail is there");
  EXPECT_EQ(refusal_of(R"({"promotions": {"p": {"from": "1d", "for": "1d", "factor": 2,
                           "demand": ["b"]}}})"),
            "plan.json (w): /promotions/p/demand/0: there is no demand 'b'");
}

TEST(ReadPlan, AMergePatchIsOneSmallQuestion) {
  const PlanDocument document = document_of(smallest());
  EXPECT_EQ(read_plan(document, {"w", Json::parse(R"({"demand": {"a": {"factor": 2}}})")})
                .streams[0]
                .rate.per_day,
            2);
  EXPECT_EQ(
      read_plan(document, {"w", Json::parse(R"({"products": {"12": {"configoption7": "5"}}})")})
          .shop.products[0]
          .configoption7,
      "5");
  EXPECT_EQ(read_plan(document, {"w", Json::parse(R"({"policy": {"server_slots": "enforce"}})")})
                .policy.server_slots,
            capacity::ServerSlots::enforce);
}

TEST(ReadPlan, HypervisorsToComeAreThereButAbsent) {
  const Plan plan = read_plan(document_of(smallest()), {"w", Json::parse(R"({"operations": {
    "eight more": {"at": "2d", "add": {"group": 1, "copies": 8, "hypervisor": {
      "hypervisor": {"id": 20}, "resources": {"memory": {"max": 4096}}}}}}})")});
  EXPECT_EQ(plan.panel.hypervisors.size(), 9U);
  EXPECT_EQ(plan.absent.size(), 8U);
  ASSERT_EQ(plan.operations.size(), 1U);
  EXPECT_EQ(plan.operations[0].at, 2 * 86'400'000);
}

TEST(ReadPlan, AFailureThatEndsIsTwoOperations) {
  const Plan plan = read_plan(
      document_of(smallest()),
      {"w", Json::parse(R"({"operations": {"o": {"at": "2d", "fail": 1, "for": "1d"}}})")});
  ASSERT_EQ(plan.operations.size(), 2U);
  EXPECT_TRUE(std::get<HypervisorAccepts>(plan.operations[1].change).accepts);
}

/// What the schema says an absent key means.
void expect_default(const std::string& key, const Json& value) {
  const Plan absent = read_plan(document_of(smallest()));
  Json json = smallest();
  if (key != "demand") json[key] = value;
  const Plan given = read_plan(document_of(json));
  EXPECT_EQ(given.panel.placement, absent.panel.placement) << key;
  EXPECT_EQ(given.panel.default_delete_delay, absent.panel.default_delete_delay) << key;
  EXPECT_EQ(given.mode, absent.mode) << key;
  EXPECT_EQ(given.warm_up, absent.warm_up) << key;
  EXPECT_EQ(given.provision_after, absent.provision_after) << key;
  EXPECT_EQ(given.cron_every, absent.cron_every) << key;
  EXPECT_EQ(given.cart_views, absent.cart_views) << key;
  EXPECT_EQ(given.probes_per_day, absent.probes_per_day) << key;
  EXPECT_EQ(given.samples, absent.samples) << key;
  EXPECT_EQ(given.replicates, absent.replicates) << key;
  EXPECT_EQ(given.seed, absent.seed) << key;
}

TEST(ReadPlan, EveryDefaultStandsInTheSchema) {
  const Json schema = Json::parse(document::schema_text("plan.schema.json"));
  for (const char* const key :
       {"placement", "delete_delay", "demand", "stock", "warm_up", "provision_after", "cron_every",
        "cart_views", "probes_per_day", "samples", "replicates", "seed"}) {
    const Json& property = schema["properties"][key];
    ASSERT_TRUE(property.contains("default")) << key;
    expect_default(key, property["default"]);
  }
  const Plan plan = read_plan(document_of(smallest()));
  const Json& stream = schema["definitions"]["stream"]["properties"];
  EXPECT_EQ(stream["factor"]["default"], 1);
  EXPECT_EQ(plan.streams[0].rate.growth_per_month, stream["growth_per_month"]["default"]);
  EXPECT_EQ(plan.streams[0].outside, stream["outside"]["default"]);
}

TEST(ReadPlan, HypervisorsMayBeUnderWay) {
  const Plan plan = read_plan(document_of(smallest()), {"w", Json::parse(R"({"operations": {
    "order": {"at": "2d", "add": {"group": 1, "lead_time": {"law": "exponential", "mean": "3d"},
      "hypervisor": {"hypervisor": {"id": 20}, "resources": {"memory": {"max": 4096}}}}}}})")});
  const auto& enter = std::get<HypervisorsEnter>(plan.operations.at(0).change);
  ASSERT_TRUE(enter.lead_time);
  EXPECT_EQ(enter.lead_time->mean(), 3 * day_ms);
}

TEST(ReadPlan, EveryPublishedPlanIsReadable) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(VFSTOCK_PLAN_FOLDER)) {
    if (!entry.is_regular_file()) continue;
    const PlanDocument document = read_plan_document(entry.path());
    const Plan plan = read_plan(document);
    EXPECT_NO_THROW(Scene{plan}) << entry.path();
    for (const auto& what_if : document.what_ifs) {
      const Plan changed = read_plan(document, what_if);
      EXPECT_NO_THROW(Scene{changed}) << what_if.name;
    }
    ++count;
  }
  EXPECT_EQ(count, 6);
}

}  // namespace
}  // namespace vfstock::sim::forecast
