// A replicate's supply: VPSes placed, ended, and their place given back.
#include <algorithm>

#include "sim/forecast/engine_side.h"
#include "sim/forecast/replicate.h"

namespace vfstock::sim::forecast {
std::uint32_t Replicate::new_slot() {
  if (free_slot_ >= 0) {
    const auto slot = static_cast<std::uint32_t>(free_slot_);
    free_slot_ = slots_[slot].next_free;
    Vps& vps = slots_[slot];
    vps.held.hypervisor = -1;
    vps.outside = vps.ended = false;
    vps.service = 0;
    return slot;
  }
  slots_.emplace_back();
  return static_cast<std::uint32_t>(slots_.size() - 1);
}

void Replicate::free_slot(std::uint32_t slot) {
  slots_[slot].next_free = free_slot_;
  free_slot_ = static_cast<std::int32_t>(slot);
}

void Replicate::place(std::uint32_t slot, std::int32_t hypervisor) {
  Vps& vps = slots_[slot];
  fleet_.take(hypervisor, offers_[at(vps.product)].need, vps.held);
  vps.began = now_;
  ++live_;
  const double end = static_cast<double>(now_) + vps.life;
  if (end <= static_cast<double>(scene_.plan.horizon)) {
    queue_.add(static_cast<Time>(end), EventKind::departure, slot);
  }
  touch(vps.held);
  availability_.taken(hypervisor, now_);
  if (!availability_.newly_sold_out().empty()) note_sold_out();
}

// Whatever of this hypervisor changed.
void Replicate::touch(std::int32_t hypervisor) {
  if (!engine_) return;
  const std::int32_t group = fleet_.group_of(hypervisor);
  engine_->panel().touch_group(group);
  if (!fleet_.reports_ipv4(hypervisor)) return;
  for (const std::int32_t other : scene_.neighbours[at(group)]) {
    engine_->panel().touch_group(other);
  }
}

// What a server took or gave back.
void Replicate::touch(const Held& held) {
  if (!engine_) return;
  engine_->panel().touch(held.hypervisor);
  for (const BlockShare& share : held.blocks) {
    for (const std::int32_t other : scene_.drawers[share.block]) engine_->panel().touch(other);
  }
}

void Replicate::provision(std::uint32_t slot) {
  if (!panel_answers_) {
    waiting_.push_back(slot);
    return;
  }
  const Vps vps = slots_[slot];
  const Offer& offer = offers_[at(vps.product)];
  const std::int32_t host = offer.sellable ? fleet_.choose(vps.group, offer.need) : -1;
  if (host < 0) {
    tell(Happening::Kind::failed, vps.service, vps.product, vps.group);
    if (counts()) {
      ++outcome_->products[at(vps.product)].oversold;
      outcome_->products[at(vps.product)].money_oversold += terms_.prices[at(vps.product)];
      if (vps.group >= 0) ++at_location(outcome_->lost_at, vps.product, vps.group);
    }
    free_slot(slot);
    engine_->refund(vps.service);
    return;
  }
  place(slot, host);
  served(vps.product, vps.life);
  tell(Happening::Kind::provisioned, vps.service, vps.product, vps.group);
  engine_->provisioned(vps.service, vps.product);
}

void Replicate::depart(std::uint32_t slot) {
  Vps& vps = slots_[slot];
  if (vps.ended) return free_slot(slot);  // its hypervisor went before
  const bool by_module = engine_ && !vps.outside;
  if (by_module && !panel_answers_) {
    waiting_.push_back(slot);
    return;
  }
  ++outcome_->events;
  --live_;
  vps.ended = true;
  const Time delay =
      std::chrono::duration_cast<std::chrono::milliseconds>(scene_.plan.panel.default_delete_delay)
          .count();
  const std::int64_t service = vps.service;
  const std::int32_t product = vps.product, group = vps.group;
  if (delay > 0 && !vps.outside) queue_.add(now_ + delay, EventKind::release, slot);
  if (by_module) {
    tell(Happening::Kind::terminated, service, product, group);
    if (delay <= 0) release(slot);
    engine_->terminated(service, product);
  } else if (delay <= 0 || vps.outside) {
    release(slot);
  }
}

void Replicate::release(std::uint32_t slot) {
  const std::int32_t hypervisor = slots_[slot].held.hypervisor;
  if (hypervisor >= 0) {
    fleet_.give_back(slots_[slot].held);
    touch(slots_[slot].held);
    slots_[slot].held.hypervisor = -1;
    availability_.released(hypervisor, now_);
  }
  free_slot(slot);
}

}  // namespace vfstock::sim::forecast
