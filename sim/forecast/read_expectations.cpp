// What a plan expects of its own answer, and what of it comes too late to matter.
#include <algorithm>

#include <fmt/format.h>

#include "sim/forecast/read_plan.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

std::optional<double> number_if_given(const Json& json, const char* key) {
  if (!json.contains(key)) return std::nullopt;
  return json[key].get<double>();
}

Expectation read_expectation(const Plan& plan, const Json& json, const Place& place) {
  Expectation expected;
  if (json.contains("product")) {
    const catalogue::ProductId id{json["product"].get<std::int64_t>()};
    const auto& rows = plan.shop.products;
    if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; })) {
      refuse(place.at("product"), "there is no product " + std::to_string(id.value));
    }
    expected.product = id;
  }
  if (json.contains("sold_out_within") != json.contains("probability_at_most")) {
    refuse(place, "expected sold_out_within and probability_at_most together, or neither");
  }
  if (json.contains("sold_out_within")) {
    const Place at = place.at("sold_out_within");
    expected.sold_out_within = read_time(json["sold_out_within"], at);
    expected.probability_at_most = json["probability_at_most"].get<double>();
    if (*expected.sold_out_within > plan.horizon) refuse(at, "is beyond the horizon");
  }
  expected.fill_rate_at_least = number_if_given(json, "fill_rate_at_least");
  expected.oversold_at_most = number_if_given(json, "oversold_at_most");
  expected.lost_at_most = number_if_given(json, "lost_at_most");
  if (!expected.sold_out_within && !expected.fill_rate_at_least && !expected.oversold_at_most &&
      !expected.lost_at_most) {
    refuse(place, "expected something that must hold");
  }
  return expected;
}

std::string days(double time) { return fmt::format("day {:g}", time / day_ms); }

}  // namespace

void read_expectations(Plan& plan, const Json& json, const Place& place) {
  if (json.is_object()) {
    plan.expectations.push_back(read_expectation(plan, json, place));
    return;
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    plan.expectations.push_back(read_expectation(plan, json[i], place.at(i)));
  }
}

void note_what_comes_too_late(Plan& plan) {
  const auto horizon = static_cast<double>(plan.horizon);
  const auto note = [&](const std::string& what, const std::string& name, double at) {
    if (at < horizon) return;
    plan.notes.push_back(
        fmt::format("the {} '{}' of {} comes after the horizon ({}): it changes "
                    "nothing",
                    what, name, days(at), days(horizon)));
  };
  for (const Operation& operation : plan.operations) {
    note("operation", operation.name, static_cast<double>(operation.at));
  }
  for (const Stream& stream : plan.streams) note("demand", stream.name, stream.rate.from);
  for (const auto& [from, until] : plan.weather.outages) {
    note("outage", "from " + days(static_cast<double>(from)), static_cast<double>(from));
  }
}

}  // namespace vfstock::sim::forecast
