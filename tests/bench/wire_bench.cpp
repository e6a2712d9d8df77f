// How many requests a second the mock panel answers on kept connections, one client thread each.
//
// Clients run in the same process and on the same cores, so the figure is that of both together.
#include <chrono>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "mockpanel/api/api.h"
#include "mockpanel/wire/server.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::wire {
namespace {

constexpr std::size_t body_bytes = 6000;

/// What the threads of one benchmark share; made before they start and gone after they end.
std::unique_ptr<Server> server;

void serve(Server::Handler handler) {
  ServerOptions options;
  options.workers = 16;
  server = std::make_unique<Server>(options, std::move(handler));
}

void serve_fixed_body(const benchmark::State&) {
  faults::Delivery delivery;
  delivery.response = {
      200, {{"Content-Type", "application/json"}}, "\"" + std::string(body_bytes - 2, 'x') + "\""};
  serve([delivery](const api::Request&) { return delivery; });
}

void serve_group_of_eleven(const benchmark::State&) {
  const auto world = std::make_shared<model::World>(published_panel());
  const auto panel = std::make_shared<api::Api>(*world, api::Options{});
  serve([world, panel](const api::Request& request) {
    faults::Delivery delivery;
    delivery.response = panel->handle(request, model::Time{0}, "2026-01-01T00:00:00+00:00");
    return delivery;
  });
}

void stop(const benchmark::State&) { server.reset(); }

void ask_again_and_again(benchmark::State& state) {
  RawClient client(server->port());
  const std::string request =
      get_request("/api/v1/compute/hypervisors/groups/1/resources?results=200&page=1");
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const Received received = client.ask(request);
    if (received.status() != 200) state.SkipWithError("the panel did not answer 200");
    bytes += static_cast<std::int64_t>(received.body.size());
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(bytes);
}

void FixedBody(benchmark::State& state) { ask_again_and_again(state); }
void GroupOfEleven(benchmark::State& state) { ask_again_and_again(state); }

BENCHMARK(FixedBody)
    ->Setup(serve_fixed_body)
    ->Teardown(stop)
    ->UseRealTime()
    ->Threads(1)
    ->Threads(16);
BENCHMARK(GroupOfEleven)
    ->Setup(serve_group_of_eleven)
    ->Teardown(stop)
    ->UseRealTime()
    ->Threads(1)
    ->Threads(16);

}  // namespace
}  // namespace vfstock::mockpanel::wire
