#include "sim/forecast/fit/demand_json.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfstock::sim::forecast::fit {

using document::Json;

namespace {

constexpr double fall_min = 0.005;  // of a curve, between two points of it that are written
constexpr double jump_min = 0.02;   // of a step that is written as one
constexpr std::size_t ages_max = 200;

Json rounded(double value, double digits) {
  if (value == 0) return 0;
  const double scale = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

/// At most what a plan may say.
std::string duration(double seconds) {
  return fmt::format("{}s", std::llround(std::clamp(seconds, 0.0, 3650 * day_s)));
}

/// The profile begins with the plan, the model's with Monday.
Json hours_json(const DemandModel& model) {
  Json hours = Json::array();
  for (int hour = 0; hour < 168; ++hour) {
    const double from = model.end + hour * hour_s;
    hours.push_back(rounded(busy_hours(model.profile, from, from + hour_s), 4));
  }
  return hours;
}

Json sizes_json(const SizeLaw& sizes) {
  Json json = Json::object();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] > 0) json[std::to_string(i + 1)] = rounded(sizes[i], 6);
  }
  return json;
}

Json stream_json(const NamedModel& named) {
  const DemandModel& model = named.model;
  Json stream{{"product", named.product},
              {"per_day", rounded(model.per_day, 6)},
              {"hours", hours_json(model)},
              {"growth_per_month", rounded(std::clamp(model.growth_per_month, -0.99, 10.0), 4)},
              {"level",
               {{"replicate", rounded(std::min(model.rate_error, 5.0), 4)},
                {"day", rounded(std::min(model.day_deviation, 5.0), 4)}}},
              {"batch", {{"sizes", sizes_json(model.sizes)}}},
              {"life", life_json(model.survival)}};
  if (model.groups.size() > 1) {
    for (const auto& [group, vps] : model.groups) {
      stream["locations"][std::to_string(group)] = vps;
    }
  }
  return stream;
}

/// Evenly many of the ages, each for as many VPSes as it stands for.
Json ages_json(std::vector<double> ages) {
  std::sort(ages.begin(), ages.end());
  const std::size_t count = std::min(ages.size(), ages_max);
  Json json = Json::array();
  for (std::size_t i = 0; i < count; ++i) {
    json.push_back(duration(ages[(2 * i + 1) * ages.size() / (2 * count)]));
  }
  return json;
}

void add_running(Json& running, const NamedModel& named) {
  for (const auto& [group, ages] : named.model.ages_by_group) {
    Json kind{{"product", named.product}, {"count", ages.size()}, {"counted", true}};
    std::string name = fmt::format("product {}", named.product);
    if (group > 0) {
      kind["group"] = group;
      name += fmt::format(" in group {}", group);
    }
    kind["ages"] = ages_json(ages);
    kind["life"] = life_json(named.model.survival);
    running[name] = std::move(kind);
  }
}

}  // namespace

Json life_json(const std::vector<Law::Point>& survival) {
  if (survival.size() < 2) return {{"law", "never"}};
  Json points = Json::array();
  double written = 1;
  const auto write = [&](const Law::Point& point) {
    points.push_back({{"time", duration(point.time)}, {"survival", rounded(point.survival, 6)}});
    written = point.survival;
  };
  // Points come in pairs, before and after each death.
  for (std::size_t i = 2; i < survival.size(); i += 2) {
    const Law::Point &before = survival[i - 1], &after = survival[i];
    const bool is_last = i + 1 >= survival.size();
    if (before.survival - after.survival >= jump_min) {
      write(before);
      write(after);
    } else if (written - after.survival >= fall_min || is_last) {
      write(after);
    }
  }
  return {{"law", "survival"}, {"points", std::move(points)}};
}

Json demand_fragment(const std::vector<NamedModel>& models, const std::string& description,
                     bool running) {
  Json patch{{"demand", Json::object()}};
  for (const NamedModel& named : models) {
    patch["demand"][fmt::format("product {}", named.product)] = stream_json(named);
    if (running) add_running(patch["running"], named);
  }
  return {{"name", "demand as it was"}, {"description", description}, {"patch", std::move(patch)}};
}

}  // namespace vfstock::sim::forecast::fit
