#include "sim/forecast/fit/demand_json.h"

#include <algorithm>
#include <chrono>
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

/// Whole hours, so that the plan's hours can be turned.
double beginning(const DemandModel& model) { return std::floor(model.end / hour_s) * hour_s; }

/// The pattern begins with the plan, the model's with Monday.
Json hours_json(const DemandModel& model) {
  Json hours = Json::array();
  for (int hour = 0; hour < 168; ++hour) {
    const std::size_t cell = hour_of_week(beginning(model) + hour * hour_s);
    hours.push_back(rounded(model.outlook.pattern.hours[cell], 4));
  }
  return hours;
}

Json size_hours_json(const DemandModel& model) {
  Json hours = Json::array();
  for (int hour = 0; hour < 24; ++hour) {
    const std::size_t cell = hour_of_week(beginning(model) + hour * hour_s) % 24;
    hours.push_back(rounded(std::min(1000.0, model.outlook.pattern.size_factors[cell]), 4));
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

double deviation(double squared) { return std::min(5.0, std::sqrt(std::max(0.0, squared))); }

void set(Json& json, const char* key, double squared) {
  const double written = deviation(squared);
  if (written >= 0.0005) json[key] = rounded(written, 4);
}

/// One period's level as a plan names it: a day's, or a brief one's.
void set_levels(Json& json, const Spread& spread, Period period) {
  set(json, "replicate", spread.fixed);
  set(json, period == Period::day ? "day" : "brief", spread.brief);
  if (json.contains("brief")) json["every"] = period == Period::hour ? "1h" : "5m";
  set(json, "walk", spread.walk * day_s / seconds_of(period));
}

/// The orders' own levels and those that all products share.
Json level_json(const DemandModel& model) {
  const Spread &all = model.outlook.orders, &shared = model.shared;
  Json json = Json::object();
  set_levels(json,
             {std::max(0.0, all.fixed - shared.fixed), std::max(0.0, all.brief - shared.brief),
              std::max(0.0, all.walk - shared.walk)},
             model.period);
  Json common{{"name", "shop"}};
  set_levels(common, shared, model.period);
  if (common.size() > 1) json["shared"] = std::move(common);
  return json;
}

/// What VPSes differ by beyond the orders: the mean size moves.
Json batch_json(const DemandModel& model) {
  const Outlook& outlook = model.outlook;
  Json json{{"sizes", sizes_json(outlook.sizes)}};
  const double mean = mean_size(outlook.sizes);
  if (mean <= 1.01) return json;
  if (outlook.pattern.has_sizes) json["hours"] = size_hours_json(model);
  const double beyond = mean / (mean - 1);
  Json level = Json::object();
  set_levels(level,
             {0, (outlook.vps.brief - outlook.orders.brief) * beyond * beyond,
              (outlook.vps.walk - outlook.orders.walk) * beyond * beyond},
             model.period);
  if (!level.empty()) json["level"] = std::move(level);
  return json;
}

Json stream_json(const NamedModel& named) {
  const DemandModel& model = named.model;
  Json stream{{"product", named.product},
              {"per_day", rounded(model.per_day(), 6)},
              {"batch", batch_json(model)},
              {"life", life_json(model.survival)}};
  if (model.outlook.pattern.has_hours) {
    stream["hours"] = hours_json(model);
    stream["hours_begin"] = calendar_text(beginning(model));
  }
  if (std::abs(model.growth_per_month()) >= 0.0005) {
    stream["growth_per_month"] = rounded(model.growth_per_month(), 4);
  }
  Json level = level_json(model);
  if (!level.empty()) stream["level"] = std::move(level);
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

std::string name_of(const NamedModel& named, const StillRunning& kind) {
  std::string name = fmt::format("product {}", named.product);
  if (kind.group > 0) name += fmt::format(" in group {}", kind.group);
  if (!kind.cycle.empty()) name += fmt::format(", {}", kind.cycle);
  if (kind.stays > 0) {
    name += fmt::format(", staying until day {:.0f}", std::floor(kind.stays / day_s));
  }
  if (kind.ends) name += fmt::format(", cancelled for day {:.0f}", std::ceil(*kind.ends / day_s));
  return name;
}

void add_running(Json& running, const NamedModel& named) {
  for (const StillRunning& kind : named.model.still_running) {
    Json json{{"product", named.product}, {"count", kind.ages.size()}, {"counted", true}};
    if (kind.group > 0) json["group"] = kind.group;
    const auto cycle = named.model.survival_by_cycle.find(kind.cycle);
    if (kind.ends) {
      json["life"] = {{"law", "deterministic"}, {"mean", duration(std::max(1.0, *kind.ends))}};
    } else {
      if (kind.stays > 0) json["stays"] = duration(kind.stays);
      json["ages"] = ages_json(kind.ages);
      json["life"] = life_json(cycle != named.model.survival_by_cycle.end() ? cycle->second
                                                                            : named.model.survival);
    }
    running[name_of(named, kind)] = std::move(json);
  }
}

/// Named times that came in more than one year come again a year after the last, on the same
/// weekdays.
void add_promotions(Json& patch, const NamedModel& named) {
  constexpr double year_s = 364 * day_s, apart_s = 200 * day_s;
  for (const EventFactor& event : named.model.events) {
    const Span& last = event.spans.back();
    if (last.from - event.spans.front().from < apart_s) continue;
    const double next = last.from + year_s;
    if (next < named.model.end) continue;
    Json& promotion = patch["promotions"][fmt::format("{}, product {}", event.name, named.product)];
    promotion = {{"from", calendar_text(next)},
                 {"for", duration(last.until - last.from)},
                 {"factor", rounded(event.factor(), 4)},
                 {"demand", {fmt::format("product {}", named.product)}}};
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
  double end = 0;
  for (const NamedModel& named : models) {
    patch["demand"][fmt::format("product {}", named.product)] = stream_json(named);
    if (running) add_running(patch["running"], named);
    add_promotions(patch, named);
    end = std::max(end, beginning(named.model));
  }
  if (patch.contains("running") && patch["running"].is_null()) patch.erase("running");
  return {{"name", "demand as it was"},
          {"description", description},
          {"begins", calendar_text(end)},
          {"patch", std::move(patch)}};
}

std::string calendar_text(double seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds{std::llround(seconds)}};
  const auto midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{time - midnight};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{date.year()},
                     unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace vfstock::sim::forecast::fit
