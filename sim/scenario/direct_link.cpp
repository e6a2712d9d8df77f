// The link without sockets: what the mock panel would have sent becomes the engine's answer.
#include <utility>

#include "sim/scenario/panel_link.h"

namespace vfstock::sim::scenario {

namespace faults = mockpanel::faults;

namespace {

panel::Ending ending_of(const faults::Delivery& delivery, std::int64_t body_cap) {
  switch (delivery.end) {
    case faults::End::whole:
      return static_cast<std::int64_t>(delivery.response.body.size()) > body_cap
                 ? panel::Ending::body_too_large
                 : panel::Ending::complete;
    case faults::End::cut:
      return panel::Ending::closed_early;
    case faults::End::no_answer:
      return panel::Ending::deadline;
    case faults::End::reset:
      return panel::Ending::reset;
    case faults::End::refused:
      return panel::Ending::refused;
  }
  return panel::Ending::malformed_http;
}

class DirectLink final : public PanelLink {
 public:
  using PanelLink::PanelLink;

 private:
  panel::Answer carry(const panel::Request& request) override {
    panel::Answer answer;
    if (refusing_) {
      answer.ending = panel::Ending::refused;
      answer.detail = "connection refused";
      return answer;
    }
    faults::Delivery delivery = side().deliver(arriving("GET", request.target));
    answer.ending = ending_of(delivery, bounds().body_bytes);
    answer.detail = std::string(panel::name(answer.ending));
    if (answer.ending != panel::Ending::complete && answer.ending != panel::Ending::closed_early) {
      return answer;
    }
    answer.status = delivery.response.status;
    for (auto& [name, value] : delivery.response.headers) {
      answer.headers.push_back({std::move(name), std::move(value)});
    }
    answer.body = std::move(delivery.response.body);
    if (delivery.end == faults::End::cut) answer.body.resize(delivery.cut_after);
    return answer;
  }

  shop::ModuleAnswer carry(const shop::ModuleCall& call) override {
    if (refusing_) return {};
    faults::Delivery delivery = side().deliver(arriving(call.method, call.target, call.body));
    if (delivery.end != faults::End::whole) return {};
    return {true, delivery.response.status, std::move(delivery.response.body)};
  }

  void refuse(bool on) override { refusing_ = on; }

  bool refusing_ = false;
};

}  // namespace

std::unique_ptr<PanelLink> direct_link(PanelSide& side, VirtualClock& clock, stock::Bounds bounds,
                                       PanelLink::Onlooker onlooker) {
  return std::make_unique<DirectLink>(side, clock, bounds, std::move(onlooker));
}

}  // namespace vfstock::sim::scenario
