// How fast a forecast runs. An event is one arrival or one departure of a VPS.
//
// plain_loop: the loss system (100 places, 84.064 erlang) as somebody would write it for itself
// alone, with a binary heap and xoshiro256++: the limit. plain_loss: the same through the general
// simulator in ideal mode. engine_shop: the production engine in the loop, 50 products over 4
// groups of 50 hypervisors, each product in one group, 500 orders a day, no cart views, no journal;
// engine_shop_addresses: the same where each hypervisor sees another number of free addresses.
// Beside it lie the same loss system for ns-3 (loss_ns3.cpp) and SimPy (loss_simpy.py).
#include <array>
#include <cmath>
#include <queue>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "tests/integration/forecast/small_plans.h"

namespace {

using namespace vfstock::sim::forecast;

constexpr std::int64_t places = 100;
constexpr double erlang = 84.064;

void run_plan(benchmark::State& state, const Plan& plan, std::uint32_t replicates) {
  const Scene scene(plan);
  Replicate replicate(scene);
  Outcome outcome;
  double events = 0;
  for (auto _ : state) {
    for (std::uint32_t n = 0; n < replicates; ++n) {
      replicate.run(n, outcome);
      events += outcome.events;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}

void plain_loss(benchmark::State& state) {
  Plan plan = loss_plan({places}, {{1, erlang}});
  plan.horizon = 5000 * day;
  run_plan(state, plan, 1);
}

/// Blackman and Vigna's generator, seeded by splitmix64.
class Xoshiro {
 public:
  explicit Xoshiro(std::uint64_t seed) {
    for (std::uint64_t& word : words_) {
      std::uint64_t z = seed += 0x9e3779b97f4a7c15ULL;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }
  double exponential() {
    const std::uint64_t result = rotate(words_[0] + words_[3], 23) + words_[0];
    const std::uint64_t t = words_[1] << 17;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= t;
    words_[3] = rotate(words_[3], 45);
    return -std::log((static_cast<double>(result >> 11) + 0.5) * 0x1p-53);
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int by) { return x << by | x >> (64 - by); }
  std::array<std::uint64_t, 4> words_{};
};

void plain_loop(benchmark::State& state) {
  std::int64_t events = 0;
  std::int64_t lost = 0;
  for (auto _ : state) {
    Xoshiro chance(1);
    std::priority_queue<double, std::vector<double>, std::greater<>> departures;
    double arrival = chance.exponential() / erlang;
    while (arrival < 5000) {
      if (!departures.empty() && departures.top() < arrival) {
        departures.pop();
      } else {
        if (departures.size() < places) {
          departures.push(arrival + chance.exponential());
        } else {
          ++lost;
        }
        arrival += chance.exponential() / erlang;
      }
      ++events;
    }
    benchmark::DoNotOptimize(lost);
  }
  state.SetItemsProcessed(events);
}

/// Ten thousand replicates of ninety days with eight events a day: interactive or not.
void ten_thousand_quarters(benchmark::State& state) {
  Plan plan = loss_plan({60}, {{1, 4}});
  plan.streams[0].life = Law::exponential(10 * day_ms);
  plan.running.push_back({"tenants", 1, {1}, 40, {}, {}, plan.streams[0].life});
  plan.horizon = 90 * day;
  plan.samples = 30;
  run_plan(state, plan, 10'000);
}

Plan big_shop() {
  constexpr std::int64_t groups = 4, hypervisors = 50, products = 50;
  Plan plan;
  plan.cart_views = false;
  plan.probes_per_day = 0;
  plan.cron_every = 300'000;
  for (std::int64_t group = 1; group <= groups; ++group) {
    plan.panel.groups[group].id = group;
    for (std::int64_t n = 0; n < hypervisors; ++n) {
      vfstock::mockpanel::model::Hypervisor row;
      row.id = group * 1000 + n;
      row.group = group;
      row.memory_mb.max = 262'144;
      row.cores.max = 128;
      row.local = vfstock::mockpanel::model::Pool{};
      row.local->gigabytes.max = 8000;
      row.reports_ipv4 = false;
      plan.panel.hypervisors[row.id] = row;
    }
  }
  for (std::int64_t id = 1; id <= products; ++id) {
    vfstock::mockpanel::model::Package& package = plan.panel.packages[id];
    package.id = id;
    package.memory_mb = 1024 * (1 + id % 8);
    package.cores = 1 + id % 4;
    package.storage_gb = 20 + id;
    vfstock::catalogue::Product product;
    product.id = {id};
    product.servertype = "VirtFusionDirect";
    product.stockcontrol = 1;
    product.configoption1 = std::to_string(1 + id % groups);
    product.configoption2 = std::to_string(id);
    plan.shop.products.push_back(product);
    Stream stream;
    stream.name = "stream-" + std::to_string(id);
    stream.entity = entity_of(stream.name);
    stream.products = {{product.id, 1}};
    stream.rate.per_day = 500.0 / products;
    stream.rate.until = 1e18;
    stream.life = Law::exponential(10 * day_ms);
    plan.streams.push_back(stream);
  }
  plan.samples = 0;
  return plan;
}

void engine_shop(benchmark::State& state) {
  Plan plan = big_shop();
  plan.mode = StockMode::engine;
  plan.horizon = 30 * day;
  run_plan(state, plan, 1);
}

void engine_shop_addresses(benchmark::State& state) {
  Plan plan = big_shop();
  plan.mode = StockMode::engine;
  plan.horizon = 30 * day;
  for (auto& [id, row] : plan.panel.hypervisors) {
    plan.panel.blocks[id] = {id, "", true, 150 + id % 1000, 0, 0, {}};
    row.reports_ipv4 = true;
    row.blocks = {id};
  }
  run_plan(state, plan, 1);
}

void the_same_shop_in_ideal_mode(benchmark::State& state) {
  Plan plan = big_shop();
  plan.mode = StockMode::ideal;
  plan.horizon = 30 * day;
  run_plan(state, plan, 1);
}

BENCHMARK(plain_loop)->Unit(benchmark::kMillisecond);
BENCHMARK(plain_loss)->Unit(benchmark::kMillisecond);
BENCHMARK(ten_thousand_quarters)->Unit(benchmark::kMillisecond);
BENCHMARK(engine_shop)->Unit(benchmark::kMillisecond);
BENCHMARK(engine_shop_addresses)->Unit(benchmark::kMillisecond);
BENCHMARK(the_same_shop_in_ideal_mode)->Unit(benchmark::kMillisecond);

}  // namespace
