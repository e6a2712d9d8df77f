// Laws and streams of plan files.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "sim/forecast/read_plan.h"
#include "sim/scenario/policy_json.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

double length(const Json& json, const char* key, const Place& place) {
  if (!json.contains(key)) refuse(place, std::string("expected ") + key + " of this law");
  const Time time = read_time(json[key], place.at(key));
  if (time <= 0) refuse(place.at(key), "expected more than nothing");
  return static_cast<double>(time);
}

double number(const Json& json, const char* key, const Place& place) {
  if (!json.contains(key)) refuse(place, std::string("expected ") + key + " of this law");
  return json[key].get<double>();
}

Law read_branches(const Json& json, const Place& place) {
  std::vector<Law::Branch> branches;
  double total = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    branches.push_back({json[i]["weight"].get<double>(), length(json[i], "mean", place.at(i))});
    total += branches.back().weight;
  }
  if (total <= 0) refuse(place, "expected a weight above 0");
  return Law::hyperexponential(std::move(branches));
}

Law read_points(const Json& json, const Place& place) {
  std::vector<Law::Point> points;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const Place at = place.at(i);
    const Law::Point point{static_cast<double>(read_time(json[i]["time"], at.at("time"))),
                           json[i]["survival"].get<double>()};
    if (!points.empty() && point.time < points.back().time) {
      refuse(at.at("time"), "is earlier than the point before it");
    }
    if (!points.empty() && point.survival > points.back().survival) {
      refuse(at.at("survival"), "is more than at the point before it");
    }
    points.push_back(point);
  }
  return Law::empirical(std::move(points));
}

Law read_kaplan_meier(const Json& json, const Place& place) {
  std::vector<Law::Observed> lives;
  for (const bool censored : {false, true}) {
    const char* const key = censored ? "censored" : "lives";
    if (!json.contains(key)) continue;
    for (std::size_t i = 0; i < json[key].size(); ++i) {
      const Time time = read_time(json[key][i], place.at(key).at(i));
      lives.push_back({static_cast<double>(time), censored});
    }
  }
  if (lives.empty()) refuse(place, "expected lives or censored ones");
  return Law::kaplan_meier(std::move(lives));
}

std::vector<const char*> fields_of(const std::string& law) {
  static const std::map<std::string, std::vector<const char*>> fields{
      {"never", {}},
      {"exponential", {"mean"}},
      {"deterministic", {"mean"}},
      {"weibull", {"mean", "shape"}},
      {"lognormal", {"mean", "sigma"}},
      {"hyperexponential", {"branches"}},
      {"monthly", {"period", "churn"}},
      {"survival", {"points"}},
      {"kaplan-meier", {"lives", "censored"}}};
  return fields.at(law);
}

std::int64_t id_from(const std::string& key, const Place& place) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
  if (error != std::errc() || end != key.data() + key.size() || id < 1) {
    refuse(place, "expected a positive whole number as its name");
  }
  return id;
}

template <class Make>
void read_weights(const Json& json, const Place& place, Make make) {
  double total = 0;
  for (const auto& [key, weight] : json.items()) {
    make(id_from(key, place.at(key)), weight.template get<double>());
    total += weight.template get<double>();
  }
  if (total <= 0) refuse(place, "expected a weight above 0");
}

std::vector<double> read_hours(const Json& json, const Place& place) {
  auto hours = json.get<std::vector<double>>();
  if (hours.size() != 24 && hours.size() != 168) {
    refuse(place,
           "expected 24 hours of a day or 168 of a week, found " + std::to_string(hours.size()));
  }
  const double total = std::accumulate(hours.begin(), hours.end(), 0.0);
  if (total <= 0) refuse(place, "expected an hour above 0");
  return hours;
}

BatchSizes read_sizes(const Json& json, const Place& place) {
  if (json.contains("mean") == json.contains("sizes")) {
    refuse(place, "expected either mean or sizes");
  }
  if (json.contains("mean")) return BatchSizes::geometric(json["mean"].get<double>());
  constexpr std::int64_t size_max = 10'000;
  std::map<std::int64_t, double> shares;
  const Place at = place.at("sizes");
  read_weights(json["sizes"], at, [&](std::int64_t size, double weight) {
    if (size > size_max) refuse(at.at(std::to_string(size)), "expected a size of at most 10000");
    shares[size] = weight;
  });
  const double total =
      std::accumulate(shares.begin(), shares.end(), 0.0,
                      [](double sum, const auto& share) { return sum + share.second; });
  BatchSizes batch;
  batch.cumulated.clear();
  double sum = 0;
  for (std::int64_t size = 1; size <= shares.rbegin()->first; ++size) {
    if (shares.contains(size)) sum += shares[size] / total;
    batch.cumulated.push_back(sum);
  }
  return batch;
}

Levels read_levels(const Json& json, const Place& place) {
  Levels levels;
  levels.replicate = json.value("replicate", 0.0);
  levels.day = json.value("day", 0.0);
  levels.brief = json.value("brief", 0.0);
  levels.walk = json.value("walk", 0.0);
  if (!json.contains("every")) return levels;
  constexpr Time minute = 60'000;
  const Time every = read_time(json["every"], place.at("every"));
  if (every < minute || static_cast<double>(every) > day_ms) {
    refuse(place.at("every"), "expected a minute to a day");
  }
  levels.every = static_cast<double>(every);
  return levels;
}

void read_level(ArrivalRate& rate, const Json& json, const Place& place) {
  rate.levels = read_levels(json, place);
  if (!json.contains("shared")) return;
  rate.shared = read_levels(json["shared"], place.at("shared"));
  rate.shared_entity = entity_of("shared level " + json["shared"]["name"].get<std::string>());
}

ArrivalRate read_rate(const Json& json, const Place& place) {
  ArrivalRate rate;
  rate.per_day = json["per_day"].get<double>() * json.value("factor", 1.0);
  rate.until = std::numeric_limits<double>::infinity();
  if (json.contains("from")) {
    rate.from = static_cast<double>(read_time(json["from"], place.at("from")));
  }
  if (json.contains("until")) {
    rate.until = static_cast<double>(read_time(json["until"], place.at("until")));
    if (rate.until <= rate.from) refuse(place.at("until"), "is not later than from");
  }
  if (json.contains("hours")) {
    rate.hours = read_hours(json["hours"], place.at("hours"));
    const double mean = std::accumulate(rate.hours.begin(), rate.hours.end(), 0.0) /
                        static_cast<double>(rate.hours.size());
    for (double& hour : rate.hours) hour /= mean;
  }
  rate.growth_per_month = json.value("growth_per_month", 0.0);
  if (json.contains("level")) read_level(rate, json["level"], place.at("level"));
  return rate;
}

}  // namespace

Time read_time(const Json& json, const Place& place) {
  return scenario::read_duration(json, place).count();
}

Law read_law(const Json& json, const Place& place) {
  const std::string law = json["law"].get<std::string>();
  const auto fields = fields_of(law);
  for (const auto& [key, value] : json.items()) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&key = key](const char* field) { return key == field; });
    if (key != "law" && !known) refuse(place.at(key), "does not belong to the law " + law);
  }
  if (law == "exponential") return Law::exponential(length(json, "mean", place));
  if (law == "deterministic") return Law::deterministic(length(json, "mean", place));
  if (law == "weibull") {
    return Law::weibull(length(json, "mean", place), number(json, "shape", place));
  }
  if (law == "lognormal") {
    return Law::lognormal(length(json, "mean", place), number(json, "sigma", place));
  }
  if (law == "monthly") {
    return Law::renewal(length(json, "period", place), number(json, "churn", place));
  }
  if (law == "kaplan-meier") return read_kaplan_meier(json, place);
  if (law == "hyperexponential" || law == "survival") {
    const char* const key = fields.front();
    if (!json.contains(key)) refuse(place, std::string("expected ") + key + " of this law");
    return law == "survival" ? read_points(json[key], place.at(key))
                             : read_branches(json[key], place.at(key));
  }
  return Law();
}

Stream read_stream(const std::string& name, const Json& json, const Place& place) {
  Stream stream;
  stream.name = name;
  stream.entity = entity_of(name);
  if (json.contains("product") == json.contains("products")) {
    refuse(place, "expected either product or products");
  }
  if (json.contains("product")) {
    stream.products.push_back({{json["product"].get<std::int64_t>()}, 1});
  } else {
    read_weights(json["products"], place.at("products"), [&](std::int64_t id, double weight) {
      stream.products.push_back({{id}, weight});
    });
  }
  if (json.contains("locations")) {
    read_weights(json["locations"], place.at("locations"), [&](std::int64_t id, double weight) {
      stream.groups.push_back({id, weight});
    });
  }
  stream.rate = read_rate(json, place);
  if (json.contains("batch")) {
    const Json& batch = json["batch"];
    const Place at = place.at("batch");
    stream.batch = read_sizes(batch, at);
    if (batch.contains("hours")) {
      stream.batch.hours = read_hours(batch["hours"], at.at("hours"));
    }
    if (batch.contains("level")) {
      stream.batch.levels = read_levels(batch["level"], at.at("level"));
    }
  }
  stream.life = read_law(json["life"], place.at("life"));
  stream.outside = json.value("outside", false);
  return stream;
}

}  // namespace vfstock::sim::forecast
