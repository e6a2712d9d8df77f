// A replicate's dates: operations on the fleet and the shop, the panel's weather, and the looks
// that measure.
#include <algorithm>
#include <cmath>

#include "sim/forecast/engine_side.h"
#include "sim/forecast/mix.h"
#include "sim/forecast/replicate.h"
#include "sim/forecast/utilisation.h"

namespace vfstock::sim::forecast {

// An operation happens on its date; hypervisors that are ordered then come when their lead time is
// over, which is drawn per replicate.
void Replicate::plan_operations() {
  const Plan& plan = scene_.plan;
  for (std::size_t n = 0; n < plan.operations.size(); ++n) {
    const Operation& operation = plan.operations[n];
    double at = static_cast<double>(operation.at);
    const auto* const enter = std::get_if<HypervisorsEnter>(&operation.change);
    if (enter != nullptr && enter->lead_time) {
      const Bits bits = chance_.bits(Purpose::lead_time, entity_of(operation.name), 0);
      at += enter->lead_time->life(unit(bits.first));
    }
    if (at > static_cast<double>(plan.horizon)) continue;
    queue_.add(static_cast<Time>(at), EventKind::operation, static_cast<std::uint32_t>(n));
  }
}

void Replicate::operate(const Operation& operation) {
  std::visit([this](const auto& change) { operate(change); }, operation.change);
  note_sold_out();
}

void Replicate::fleet_changed(std::int32_t hypervisor) {
  touch(hypervisor);
  availability_.look_again(now_);
}

void Replicate::operate(const HypervisorsEnter& change) {
  for (const std::int64_t id : change.ids) {
    const std::int32_t hypervisor = fleet_.hypervisor_index(id);
    fleet_.enter(hypervisor);
    touch(hypervisor);
  }
  availability_.look_again(now_);
}

void Replicate::operate(const HypervisorLeaves& change) {
  const std::int32_t hypervisor = fleet_.hypervisor_index(change.id);
  fleet_.leave(hypervisor);
  for (Vps& vps : slots_) {
    if (vps.held.hypervisor != hypervisor) continue;
    fleet_.give_back(vps.held);
    vps.held.hypervisor = -1;
    if (vps.ended) continue;  // its deletion was on its way
    vps.ended = true;
    --live_;
    ++outcome_->vpses_ended_early;
    if (engine_ && !vps.outside) engine_->forget(vps.service);
  }
  fleet_changed(hypervisor);
}

void Replicate::operate(const HypervisorAccepts& change) {
  const std::int32_t hypervisor = fleet_.hypervisor_index(change.id);
  fleet_.set_accepting(hypervisor, change.accepts);
  fleet_changed(hypervisor);
}

void Replicate::operate(const HypervisorResized& change) {
  const std::int32_t hypervisor = fleet_.hypervisor_index(change.id);
  if (change.memory_mb) fleet_.memory_mb(hypervisor).max = *change.memory_mb;
  if (change.cores) fleet_.cores(hypervisor).max = *change.cores;
  if (change.servers) fleet_.servers(hypervisor).max = *change.servers;
  if (Quota* const local = fleet_.local_storage(hypervisor); local && change.storage_gb) {
    local->max = *change.storage_gb;
  }
  touch(hypervisor);
  offers_changed();  // reserves are shares of the quotas
}

void Replicate::operate(const AddressesAdded& change) {
  fleet_.add_addresses(change.block, change.addresses);
  if (engine_) {
    for (std::size_t group = 0; group < fleet_.group_ids().size(); ++group) {
      engine_->panel().touch_group(static_cast<std::int32_t>(group));
    }
  }
  availability_.look_again(now_);
}

void Replicate::operate(const PackageChanged& change) {
  terms_.packages[change.package.id] = change.package;
  if (engine_) engine_->panel().touch_packages();
  offers_changed();
}

void Replicate::operate(const ProductChanged& change) {
  const std::int32_t product = scene_.product_index(change.row.id);
  terms_.rows[at(product)] = change.row;
  if (change.price) terms_.prices[at(product)] = *change.price;
  if (engine_) engine_->change_row(change.row);
  offers_changed();
}

void Replicate::operate(const PolicyChanged& change) {
  terms_.policy = change.policy;
  if (engine_) engine_->change_policy(change.policy);
  offers_changed();
}

void Replicate::offers_changed() {
  terms_changed_ = true;
  offers_ = scene_.offers_under(terms_, fleet_);
  availability_.look_again(now_);
}

void Replicate::begin_weather() {
  for (const auto& [from, until] : scene_.plan.weather.outages) {
    queue_.add(from, EventKind::weather, 0);
    queue_.add(until, EventKind::weather, 0);
  }
  if (scene_.plan.weather.bad) begin_spell();
}

// Good and bad spells take turns, good first.
void Replicate::begin_spell() {
  const Weather& weather = scene_.plan.weather;
  const Law& law = spell_ % 2 == 0 ? *weather.good : *weather.bad;
  const Bits bits = chance_.bits(Purpose::weather, 0, spell_++);
  const double end = static_cast<double>(now_) + law.life(unit(bits.first));
  if (end <= static_cast<double>(scene_.plan.horizon)) {
    queue_.add(static_cast<Time>(end), EventKind::weather, 1);
  }
}

void Replicate::change_weather() {
  panel_answers_ = !panel_answers_;
  engine_->panel().set_answering(panel_answers_);
  if (scene_.plan.weather.bad) begin_spell();
  if (panel_answers_) call_again();
}

// What the shop's module could not do while the panel was silent.
void Replicate::call_again() {
  std::vector<std::uint32_t> waiting;
  waiting.swap(waiting_);
  for (const std::uint32_t slot : waiting) {
    if (slots_[slot].held.hypervisor < 0 && !slots_[slot].ended) {
      provision(slot);
    } else {
      depart(slot);
    }
  }
}

void Replicate::begin_probe() {
  if (scene_.plan.probes_per_day <= 0) return;
  const Bits bits = chance_.bits(Purpose::probe, 0, probe_++);
  const double wait = exponential(bits.first) * day_ms / scene_.plan.probes_per_day;
  const double when = static_cast<double>(now_) + wait;
  if (when <= static_cast<double>(scene_.plan.horizon)) {
    queue_.add(static_cast<Time>(when), EventKind::probe, 0);
  }
}

void Replicate::probe() {
  begin_probe();
  if (!counts()) return;
  const auto fresh = engine_->fresh_qty();
  for (std::size_t p = 0; p < offers_.size(); ++p) {
    const std::optional<std::int64_t>& truth = fresh[p];
    if (!truth) continue;  // nothing limits it, or the rules keep it as it is
    ProductOutcome& outcome = outcome_->products[p];
    const std::int64_t off = std::abs(engine_->qty(static_cast<std::int32_t>(p)) - *truth);
    ++outcome.probes;
    if (off != 0) ++outcome.stale;
    outcome.stale_by += static_cast<double>(off);
  }
}

void Replicate::sample(std::uint32_t number) {
  for (std::size_t p = 0; p < offers_.size(); ++p) {
    const auto product = static_cast<std::int32_t>(p);
    const std::int64_t stock =
        engine_ ? engine_->qty(product) : stock_of(offers_[at(product)], fleet_);
    outcome_->samples[p * scene_.sample_times.size() + number] =
        static_cast<std::int32_t>(std::clamp<std::int64_t>(stock, INT32_MIN, INT32_MAX));
  }
  const std::size_t groups = fleet_.group_ids().size();
  for (std::size_t group = 0; group < groups; ++group) {
    outcome_->utilisation[group * scene_.sample_times.size() + number] =
        utilisation_of(fleet_, static_cast<std::int32_t>(group));
  }
}

// How much of the mix fits into what is left now, whatever the shop says.
void Replicate::measure_mix() { outcome_->mix = fitting_mix(scene_, fleet_, offers_).total; }

// What binds, and what lies idle behind it, at the moment when a product first sells out.
void Replicate::note_sold_out() {
  for (const std::int32_t product : availability_.newly_sold_out()) {
    const Offer& offer = offers_[at(product)];
    ProductOutcome& outcome = outcome_->products[at(product)];
    outcome.binding = {};
    outcome.stranded = {};
    for (const std::int32_t group : offer.groups) {
      const FleetColumns::Members all = fleet_.members(group);
      for (std::int32_t h = all.begin; h < all.end; ++h) {
        if (!fleet_.is_placeable(h)) continue;
        const auto fits = fleet_.fits(h, offer.need, offer.holds_back ? &offer.reserves : nullptr);
        std::size_t binding = fits.size();
        for (std::size_t d = 0; d < fits.size(); ++d) {
          if (fits[d] < 0) continue;
          if (binding == fits.size() || fits[d] < fits[binding]) binding = d;
        }
        ++outcome.binding[binding];
        const FleetColumns& fleet = fleet_;
        const auto idle = [](const Quota& quota) {
          return static_cast<double>(quota.max == 0 ? 0 : std::max<std::int64_t>(0, quota.free()));
        };
        outcome.stranded[0] += idle(fleet.memory_mb(h));
        outcome.stranded[1] += idle(fleet.cores(h));
        for (const auto& pool : fleet.pools(h)) outcome.stranded[2] += idle(pool.gigabytes);
      }
    }
  }
  availability_.newly_sold_out().clear();
}

void Replicate::start_counting() {
  availability_.measure_from(now_);
  note_sold_out();
}

void Replicate::finish() {
  const Plan& plan = scene_.plan;
  const Time counted = plan.horizon - plan.warm_up;
  for (std::size_t p = 0; p < offers_.size(); ++p) {
    const auto product = static_cast<std::int32_t>(p);
    ProductOutcome& outcome = outcome_->products[p];
    outcome.sold_out_at = static_cast<double>(availability_.sold_out_at(product));
    outcome.in_stock = static_cast<double>(availability_.time_in_stock(product, plan.horizon)) /
                       static_cast<double>(counted);
  }
  for (std::size_t group = 0; group < outcome_->group_sold_out_at.size(); ++group) {
    outcome_->group_sold_out_at[group] =
        static_cast<double>(availability_.group_sold_out_at(static_cast<std::int32_t>(group)));
  }
  outcome_->api_calls = engine_ ? static_cast<double>(engine_->panel().requests()) : 0;
  outcome_->running_at_end = static_cast<double>(live_);
}

}  // namespace vfstock::sim::forecast
