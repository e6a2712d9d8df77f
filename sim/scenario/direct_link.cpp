// The link without sockets: what the mock panel would have sent becomes the engine's answer.
#include <utility>

#include "mockpanel/faults/reception.h"
#include "sim/scenario/panel_link.h"

namespace vfstock::sim::scenario {

namespace faults = mockpanel::faults;

namespace {

panel::Ending ending_of(const faults::Reception& reception, std::int64_t body_cap) {
  switch (reception.outcome) {
    case faults::Outcome::whole:
      return static_cast<std::int64_t>(reception.response.body.size()) > body_cap
                 ? panel::Ending::body_too_large
                 : panel::Ending::complete;
    case faults::Outcome::refused:
      return panel::Ending::refused;
    case faults::Outcome::no_trust:
      return panel::Ending::tls_failed;
    case faults::Outcome::reset:
      return panel::Ending::reset;
    case faults::Outcome::closed_early:
      return panel::Ending::closed_early;
    case faults::Outcome::silence:
      return panel::Ending::deadline;
    case faults::Outcome::head_too_large:
      return panel::Ending::head_too_large;
    case faults::Outcome::body_too_large:
      return panel::Ending::body_too_large;
    case faults::Outcome::not_http:
      return panel::Ending::malformed_http;
  }
  return panel::Ending::malformed_http;
}

panel::Ending ending_of(const faults::Kind& obstacle) {
  return obstacle.refused ? panel::Ending::refused : panel::Ending::tls_failed;
}

class DirectLink final : public PanelLink {
 public:
  using PanelLink::PanelLink;

 private:
  panel::Answer carry(const panel::Request& request) override {
    panel::Answer answer;
    if (obstacle_ != nullptr) {
      answer.ending = ending_of(*obstacle_);
      answer.detail = std::string(panel::name(answer.ending));
      return answer;
    }
    faults::Reception reception = faults::received(side().deliver(arriving("GET", request.target)));
    answer.ending = ending_of(reception, bounds().body_bytes);
    answer.detail = std::string(panel::name(answer.ending));
    answer.status = reception.response.status;
    for (const auto& [name, value] : reception.response.headers) {
      answer.headers.push_back({name, value});
    }
    if (answer.ending == panel::Ending::complete) answer.body = reception.response.body;
    arrived(std::move(reception));
    return answer;
  }

  shop::ModuleAnswer carry(const shop::ModuleCall& call) override {
    if (obstacle_ != nullptr) return failed(ending_of(*obstacle_));
    faults::Reception reception =
        faults::received(side().deliver(arriving(call.method, call.target, call.body)));
    const panel::Ending ending = ending_of(reception, bounds().body_bytes);
    if (ending != panel::Ending::complete) return failed(ending);
    return {true, reception.response.status, std::move(reception.response.body), {}};
  }

  void obstruct(const faults::Kind* obstacle) override { obstacle_ = obstacle; }

  const faults::Kind* obstacle_ = nullptr;
};

}  // namespace

std::unique_ptr<PanelLink> direct_link(PanelSide& side, VirtualClock& clock, plan::Bounds bounds,
                                       PanelLink::Onlooker onlooker) {
  return std::make_unique<DirectLink>(side, clock, bounds, std::move(onlooker));
}

}  // namespace vfstock::sim::scenario
