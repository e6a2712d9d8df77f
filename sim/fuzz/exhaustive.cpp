#include "sim/fuzz/exhaustive.h"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/fuzz/mood.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;
using namespace std::chrono_literals;

constexpr std::string_view world_text = R"({
  "name": "walked", "description": "Generated.",
  "panel": {
    "resultsMax": 1,
    "packages": [
      {"id": 1, "memory": 1024, "cpuCores": 1, "primaryStorage": 1, "primaryStorageProfile": 0}],
    "groups": [{"id": 1, "hypervisors": [
      {"hypervisor": {"id": 1}, "resources": {
        "memory": {"max": 4096, "allocated": 1024}, "cpuCores": {"max": 0, "allocated": 0},
        "localStorage": {"enabled": 1, "storageType": 0, "max": 0, "allocated": 0}}},
      {"hypervisor": {"id": 2}, "resources": {
        "memory": {"max": 2048, "allocated": 0}, "cpuCores": {"max": 2, "allocated": 0},
        "localStorage": {"enabled": 1, "storageType": 0, "max": 0, "allocated": 0}}}]}]},
  "shop": {"products": [
    {"id": 1, "configoption1": "1", "configoption2": "1", "configoption7": "0", "qty": 3}]}
})";

struct Letter {
  std::chrono::seconds before;  // the time that passes first
  std::string_view step;
};

// "#" stands for the number of the service that the word has come to.
constexpr std::array alphabet{
    Letter{0s, R"({"cron": {}})"},
    Letter{121s, R"({"recalculate": {}})"},
    Letter{1s, R"({"view-cart": {"product": 1}})"},
    Letter{1s, R"({"provision": {"product": 1, "service": #}})"},
    Letter{29s, R"({"terminate": {"service": 1}})"},
    Letter{30s, R"({"provision-outside": {"package": 1, "group": 1}})"},
    Letter{0s, R"({"change": {"package": {"id": 1, "deleted": true}}})"},
    Letter{0s, R"({"fail": {"kind": "status", "status": 503}})"},
    Letter{0s,
           R"({"fail": {"kind": "status", "status": 404, "path": "/**/resources", "page": 2}})"},
    Letter{0s, R"({"fail": {"kind": "status", "status": 404, "count": 1}})"},
    Letter{0s, R"({"fail": {"kind": "status", "status": 429, "count": 1,
                            "headers": {"Retry-After": "90"}}})"},
    Letter{61s, R"({"heal": {}})"},
    Letter{0s, R"({"store-fail": {"kind": "writes", "for": "1m"}})"},
    Letter{5s, R"({"restart": {}})"},
    Letter{5s, R"({"restart": {"state": "lost"}})"},
    Letter{2h, R"({"cron": {}})"},
};

std::string with_number(std::string_view text, int number) {
  std::string filled(text);
  const std::size_t at = filled.find('#');
  if (at != std::string::npos) filled.replace(at, 1, std::to_string(number));
  return filled;
}

}  // namespace

std::uint64_t Exhaustive::letters() { return alphabet.size(); }

std::uint64_t Exhaustive::size() const {
  std::uint64_t words = 1;
  for (int n = 0; n < depth_; ++n) words *= alphabet.size();
  return words;
}

Json Exhaustive::timeline(std::uint64_t index) const {
  static const Json world = document::parse(world_text, "walked world");
  Json json = world;
  std::chrono::milliseconds now{0};
  int services = 0;
  Json& timeline = json["timeline"];
  const auto add = [&](const Json& step) {
    Json timed;
    timed["at"] = duration_text(now);
    timed.update(step);
    timeline.push_back(std::move(timed));
  };
  for (int n = 0; n < depth_; ++n) {
    const Letter& letter = alphabet[index % alphabet.size()];
    index /= alphabet.size();
    now += letter.before;
    if (letter.step.find('#') != std::string_view::npos) ++services;
    add(document::parse(with_number(letter.step, services), "letter"));
  }
  now += 1s;
  Json last;
  last["heal"] = Json::object();
  add(std::exchange(last, Json()));
  last["cron"]["every"] = "2h";
  last["cron"]["until"] = duration_text(now + 6h);
  add(last);
  return json;
}

}  // namespace vfstock::sim::fuzz
