// How fast a group of 1,000 hypervisors is read: five pages of 200, as a panel sends them, and one
// body with all of them, as a file for `explain` may hold. Rates are bytes and hypervisors a
// second.
//
// "Strict" is the engine's decoder. "Document" is the JSON library alone, without the checks and
// without making hypervisors: what strictness costs is the ratio of the two.
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "engine/panel/decode.h"

namespace {

using nlohmann::json;
namespace panel = vfstock::panel;

constexpr int group_size = 1000;

json quota(std::int64_t max, std::int64_t allocated, const char* units) {
  return {{"units", units},
          {"max", max},
          {"allocated", allocated},
          {"free", max - allocated},
          {"percent", 12.3}};
}

json hypervisor(int id) {
  json local = quota(4000, 10 * (id % 300), "GB");
  local.update({{"enabled", 1}, {"name", "Local (Default mountpoint)"}, {"storageType", 1}});
  return {{"hypervisor",
           {{"id", id},
            {"name", "Hypervisor " + std::to_string(id)},
            {"enabled", true},
            {"prohibit", false},
            {"accept", false},
            {"commissioned", true}}},
          {"resources",
           {{"servers", quota(0, id % 60, "#")},
            {"memory", quota(262144, 1024 * (id % 200), "MB")},
            {"cpuCores", quota(128, id % 100, "#")},
            {"localStorage", local},
            {"otherStorage", json::array()},
            {"network", {{"total", {{"ipv4", {{"free", id % 500}}}}}}}}}};
}

std::vector<std::string> pages(int per_page) {
  std::vector<std::string> bodies;
  const int last_page = group_size / per_page;
  for (int page = 1; page <= last_page; ++page) {
    json body = {{"current_page", page},
                 {"data", json::array()},
                 {"last_page", last_page},
                 {"per_page", per_page},
                 {"total", group_size}};
    for (int i = 1; i <= per_page; ++i)
      body["data"].push_back(hypervisor((page - 1) * per_page + i));
    bodies.push_back(body.dump());
  }
  return bodies;
}

void count_rates(benchmark::State& state, const std::vector<std::string>& bodies) {
  std::int64_t bytes = 0;
  for (const auto& body : bodies) bytes += static_cast<std::int64_t>(body.size());
  state.SetBytesProcessed(state.iterations() * bytes);
  state.SetItemsProcessed(state.iterations() * group_size);
}

void BM_Strict(benchmark::State& state) {
  const auto bodies = pages(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    for (const auto& body : bodies) {
      benchmark::DoNotOptimize(panel::decode_group_page(body, {}).if_found());
    }
  }
  count_rates(state, bodies);
}
BENCHMARK(BM_Strict)->Arg(200)->Arg(group_size)->Unit(benchmark::kMillisecond);

void BM_Document(benchmark::State& state) {
  const auto bodies = pages(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    for (const auto& body : bodies) benchmark::DoNotOptimize(json::parse(body));
  }
  count_rates(state, bodies);
}
BENCHMARK(BM_Document)->Arg(200)->Arg(group_size)->Unit(benchmark::kMillisecond);

}  // namespace
