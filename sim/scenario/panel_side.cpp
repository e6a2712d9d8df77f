#include "sim/scenario/panel_side.h"

#include <utility>

#include "mockpanel/faults/answering.h"

namespace vfstock::sim::scenario {

namespace faults = mockpanel::faults;
namespace api = mockpanel::api;
namespace model = mockpanel::model;

PanelSide::PanelSide(model::World world, api::Options options)
    : world_(std::move(world)), api_(world_, std::move(options)) {}

bool PanelSide::announce(const api::Request& request, model::Time now, std::string wall,
                         std::chrono::milliseconds patience) {
  const std::scoped_lock lock(mutex_);
  now_ = now;
  wall_ = std::move(wall);
  patience_ = patience;
  world_.advance(now_);
  rule_ = injector_.judge(request, now_);
  played_ = Played{};
  played_.fault = rule_ != nullptr ? rule_->id : "";
  played_.lied = rule_ != nullptr && rule_->kind->lie;
  played_.truth = truth();
  // A request that never arrives is delivered by nobody, so what it met is settled here.
  played_.delivery.end = faults::End::refused;
  obstacle_ = rule_ != nullptr && !rule_->kind->arrives() ? rule_->kind : nullptr;
  return obstacle_ != nullptr;
}

const faults::Kind* PanelSide::obstacle() const {
  const std::scoped_lock lock(mutex_);
  return obstacle_;
}

faults::Delivery PanelSide::deliver(const api::Request& request) {
  const std::scoped_lock lock(mutex_);
  faults::Delivery delivery = faults::answer(rule_, request, {api_, world_, now_, wall_});
  faults::hold_back_after(delivery, patience_);
  played_.truth = truth();
  played_.delivery = delivery;
  return delivery;
}

Played PanelSide::take() {
  const std::scoped_lock lock(mutex_);
  return std::move(played_);
}

std::shared_ptr<const model::World> PanelSide::truth() {
  if (!truth_ || truth_->revision() != world_.revision()) {
    truth_ = std::make_shared<const model::World>(world_);
  }
  return truth_;
}

}  // namespace vfstock::sim::scenario
