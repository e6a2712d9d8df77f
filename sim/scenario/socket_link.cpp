// The link over real sockets: the production transport against the mock panel's wire on loopback.
//
// Nothing waits for virtual time. When the panel holds an answer back, the wire says so at once and
// the client ends the request as its deadline would have; the link then moves the virtual clock.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/http/http_transport.h"
#include "mockpanel/wire/server.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/tls_road.h"

namespace vfstock::sim::scenario {

namespace wire = mockpanel::wire;
using mockpanel::faults::Kind;

namespace {

/// Real time after which a silent exchange ends whatever the simulation says.
constexpr std::chrono::milliseconds backstop{5000};

class SocketLink final : public PanelLink {
 public:
  SocketLink(PanelSide& panel_side, VirtualClock& clock, plan::Bounds link_bounds,
             Onlooker onlooker)
      : PanelLink(panel_side, clock, link_bounds, std::move(onlooker)),
        server_(server_options(),
                [this](const mockpanel::api::Request& request) { return side().deliver(request); }),
        transport_(transport_options()) {}

 private:
  wire::ServerOptions server_options() {
    wire::ServerOptions options;
    options.workers = 4;
    options.real_time = false;
    options.backstop = backstop;
    options.held = [this] { end_request_in_flight(); };
    return options;
  }

  http::HttpOptions transport_options() {
    http::HttpOptions options;
    options.base_url = server_.base_url();
    options.token = replay_token;
    options.connect = backstop;
    options.request = backstop;
    options.first_line_bytes = bounds().first_line_bytes;
    options.head_bytes = bounds().head_bytes;
    options.body_bytes = bounds().body_bytes;
    options.requests_at_once = 1;
    return options;
  }

  panel::Answer carry(const panel::Request& request) override {
    panel::Answer answer = over_the_road([&](http::HttpTransport& transport) {
      return std::move(transport.fetch({&request, 1}, backstop).front());
    });
    if (answer.ending == panel::Ending::deadline) {
      // How much of it was read by then depends on this machine's speed.
      answer.status = 0;
      answer.headers.clear();
    }
    return answer;
  }

  shop::ModuleAnswer carry(const shop::ModuleCall& call) override {
    panel::Answer answer = over_the_road([&](http::HttpTransport& transport) {
      return transport.send({call.method, call.target, call.body}, backstop);
    });
    if (answer.ending != panel::Ending::complete) return failed(answer.ending);
    return {true, answer.status, std::move(answer.body), {}};
  }

  /// Runs an exchange that the wire can end, over the transport that the present fault leaves.
  template <class Exchange>
  panel::Answer over_the_road(Exchange exchange) {
    http::HttpTransport& transport =
        tls_fault_ != nullptr ? tls_road(*tls_fault_).transport() : transport_;
    in_flight([&transport] { transport.expire(); });
    panel::Answer answer = exchange(transport);
    in_flight(nullptr);
    return answer;
  }

  void obstruct(const Kind* obstacle) override {
    const bool refused = obstacle != nullptr && obstacle->refused;
    if (refused || obstacle == nullptr) server_.refuse(refused);
    tls_fault_ = refused ? nullptr : obstacle;
  }

  TlsRoad& tls_road(const Kind& kind) {
    auto& road = tls_roads_[&kind];
    if (!road) road = std::make_unique<TlsRoad>(kind, transport_options());
    return *road;
  }

  void in_flight(std::function<void()> end) {
    const std::scoped_lock lock(mutex_);
    end_ = std::move(end);
  }

  void end_request_in_flight() {
    const std::scoped_lock lock(mutex_);
    if (end_) end_();
  }

  std::mutex mutex_;
  std::function<void()> end_;  // ends the request that the wire holds back
  wire::Server server_;
  http::HttpTransport transport_;
  const Kind* tls_fault_ = nullptr;
  std::map<const Kind*, std::unique_ptr<TlsRoad>> tls_roads_;  // made when first needed
};

}  // namespace

std::unique_ptr<PanelLink> socket_link(PanelSide& side, VirtualClock& clock, plan::Bounds bounds,
                                       PanelLink::Onlooker onlooker) {
  return std::make_unique<SocketLink>(side, clock, bounds, std::move(onlooker));
}

}  // namespace vfstock::sim::scenario
