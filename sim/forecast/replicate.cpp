#include "sim/forecast/replicate.h"

#include <algorithm>
#include <limits>

#include "sim/forecast/engine_side.h"

namespace vfstock::sim::forecast {
namespace {

// An engine that is due again and again without time going on would never let the horizon come.
constexpr int rounds_at_once_max = 1000;

template <class T>
const T& chosen(const std::vector<Weighted<T>>& cumulated, double uniform) {
  for (const auto& choice : cumulated) {
    if (uniform < choice.weight) return choice.what;
  }
  return cumulated.back().what;
}

}  // namespace

Replicate::Replicate(const Scene& scene) : scene_(scene), terms_(scene.terms) {
  offers_ = scene.offers;
  streams_.resize(scene.demands.size());
}

Replicate::~Replicate() = default;

void Replicate::run(std::uint32_t number, Outcome& outcome) {
  begin(number, outcome);
  while (!queue_.empty()) {
    const Event next = queue_.next();
    if (engine_) run_engine_until(next);
    if (next.time > scene_.plan.horizon) break;
    now_ = next.time;
    if (next.kind() == EventKind::arrival) {
      arrive(next.what());
    } else {
      queue_.pop();
      act(next);
    }
  }
  finish();
}

void Replicate::begin(std::uint32_t number, Outcome& outcome) {
  chance_ = Chance(scene_.plan.seed, number);
  queue_.clear();
  now_ = 0;
  outcome_ = &outcome;
  outcome.products.assign(offers_.size(), ProductOutcome{});
  outcome.group_sold_out_at.assign(scene_.fleet.group_ids().size(), -1);
  const std::size_t groups = outcome.group_sold_out_at.size(), samples = scene_.sample_times.size();
  outcome.samples.resize(offers_.size() * samples);
  outcome.utilisation.resize(groups * samples);
  outcome.wanted_at.assign(offers_.size() * groups, 0);
  outcome.lost_at.assign(offers_.size() * groups, 0);
  outcome.mix = 0;
  outcome.api_calls = outcome.vpses_ended_early = outcome.events = 0;
  fleet_ = scene_.fleet;
  if (terms_changed_) {
    terms_ = scene_.terms;
    offers_ = scene_.offers;
    terms_changed_ = false;
  }
  slots_.clear();
  free_slot_ = -1;
  next_service_ = 1;
  live_ = 0;
  waiting_.clear();
  panel_answers_ = true;
  spell_ = probe_ = 0;
  engine_.reset();
  if (scene_.plan.mode == StockMode::engine) {
    engine_ = std::make_unique<EngineSide>(scene_, fleet_, terms_, told_of_writes());
  }
  availability_.begin(scene_, fleet_, offers_, now_);
  take_in_tenants();
  begin_streams();
}

EngineSide::OnWrite Replicate::told_of_writes() {
  if (happenings_ == nullptr) return nullptr;
  return [this](std::int32_t product, std::int64_t from, std::int64_t to) {
    tell(Happening::Kind::wrote, 0, product, 0, from, to);
  };
}

void Replicate::begin_streams() {
  const Plan& plan = scene_.plan;
  plan_operations();
  if (plan.mix && plan.mix->at > 0) queue_.add(plan.mix->at, EventKind::mix, 0);
  if (engine_) {
    begin_weather();
    queue_.add(0, EventKind::cron, 0);
    begin_probe();
  }
  if (plan.warm_up > 0) queue_.add(plan.warm_up, EventKind::counting, 0);
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    const auto stream = static_cast<std::uint32_t>(s);
    StreamState& state = streams_[s];
    state.batch = state.vps = 0;
    state.arrivals.begin(plan.streams[s].rate, chance_, plan.streams[s].entity,
                         static_cast<double>(plan.horizon) + 1);
    state.sizes.begin(plan.streams[s].batch.levels, chance_,
                      entity_of(plan.streams[s].name + " sizes"));
    const Time first = next_arrival(state, stream);
    if (first <= plan.horizon) queue_.add(first, EventKind::arrival, stream);
  }
  for (std::size_t n = 0; n < scene_.sample_times.size(); ++n) {
    queue_.add(scene_.sample_times[n], EventKind::sample, static_cast<std::uint32_t>(n));
  }
}

void Replicate::take_in_tenants() {
  for (const Scene::Tenant& tenant : scene_.tenants) {
    const Running& kind = scene_.plan.running[tenant.kind];
    const std::uint32_t slot = new_slot();
    Vps& vps = slots_[slot];
    vps.held = tenant.held;
    vps.product = tenant.product;
    vps.group = fleet_.group_of(tenant.held.hypervisor);
    vps.service = next_service_++;
    ++live_;
    const Bits bits = chance_.bits(Purpose::running, kind.entity, tenant.number);
    const double left = kind.stays + kind.life.remaining(tenant.age + kind.stays, unit(bits.first));
    if (left <= static_cast<double>(scene_.plan.horizon)) {
      queue_.add(static_cast<Time>(left), EventKind::departure, slot);
    }
  }
}

// What the engine itself wants to do before the next event. At one moment it comes after what is
// released then and before everything else.
void Replicate::run_engine_until(const Event& next) {
  const Time end = std::min(next.time, scene_.plan.horizon);
  Time moment = -1;
  for (int rounds = 0;;) {
    const auto due = engine_->next_due();
    if (!due || *due > end) return;
    if (*due == next.time && next.kind() == EventKind::release) return;
    const Time when = std::max(*due, now_);
    rounds = when == moment ? rounds + 1 : 0;
    if (rounds > rounds_at_once_max) {
      throw std::logic_error("the engine is due again and again at one moment");
    }
    now_ = moment = when;
    engine_->set_clock(now_);
    engine_->run_due();
  }
}

void Replicate::act(const Event& event) {
  if (engine_) engine_->set_clock(now_);
  switch (event.kind()) {
    case EventKind::release:
      return release(event.what());
    case EventKind::departure:
      return depart(event.what());
    case EventKind::arrival:
      return;
    case EventKind::provision:
      return provision(event.what());
    case EventKind::operation:
      return operate(scene_.plan.operations[event.what()]);
    case EventKind::weather:
      return change_weather();
    case EventKind::cron:
      tell(Happening::Kind::cron, 0, 0, 0);
      engine_->cron();
      queue_.add(now_ + scene_.plan.cron_every, EventKind::cron, 0);
      return;
    case EventKind::probe:
      return probe();
    case EventKind::sample:
      return sample(event.what());
    case EventKind::counting:
      return start_counting();
    case EventKind::mix:
      return measure_mix();
  }
}

Time Replicate::next_arrival(StreamState& state, std::uint32_t stream) {
  const Bits bits =
      chance_.bits(Purpose::arrival, scene_.plan.streams[stream].entity, state.batch++);
  state.size_bits = bits.second;
  const double moment = state.arrivals.next(exponential(bits.first));
  const double beyond = static_cast<double>(scene_.plan.horizon) + 1;
  return static_cast<Time>(std::min(moment, beyond));
}

void Replicate::arrive(std::uint32_t stream) {
  const Scene::Demand& demand = scene_.demands[stream];
  StreamState& state = streams_[stream];
  std::int64_t size = 1;
  if (!demand.alone) {
    const auto now = static_cast<double>(now_);
    double end = never;
    const double level = state.sizes.at(now, end);
    size = demand.stream->batch.size(unit(state.size_bits), now, level);
  }
  // The next batch takes this one's place first: what this one sets off is planned after it.
  const Time next = next_arrival(state, stream);
  if (next <= scene_.plan.horizon) {
    queue_.replace_next(next, EventKind::arrival, stream);
  } else {
    queue_.pop();
  }
  if (engine_) engine_->set_clock(now_);
  for (std::int64_t n = 0; n < size; ++n) want(demand, state);
}

void Replicate::want(const Scene::Demand& demand, StreamState& state) {
  const Bits bits = chance_.bits(Purpose::vps, demand.stream->entity, state.vps++);
  const double life = demand.stream->life.life(unit(bits.first));
  std::int32_t product = demand.products.front().what;
  // One draw for both choices: its upper half for the product, its lower half for the place.
  if (!demand.alone) product = chosen(demand.products, unit(bits.second & 0xffffffff00000000ULL));
  const auto& groups = offers_[at(product)].groups;
  std::int32_t group = -1;
  if (demand.groups.empty() && groups.size() == 1) {
    group = groups.front();
  } else {
    const double where = unit(bits.second << 32);
    if (!demand.groups.empty()) {
      group = chosen(demand.groups, where);
    } else if (!groups.empty()) {
      group = groups[static_cast<std::size_t>(where * static_cast<double>(groups.size()))];
    }
  }
  ++outcome_->events;
  if (demand.stream->outside) return want_outside(product, group, life);
  if (counts()) {
    ++outcome_->products[at(product)].wanted;
    if (group >= 0) ++at_location(outcome_->wanted_at, product, group);
  }
  if (engine_) return want_from_shop(product, group, life);
  want_ideal(product, group, life);
}

void Replicate::want_ideal(std::int32_t product, std::int32_t group, double life) {
  if (!availability_.in_stock(product, group)) return refused(product, group, 0, life);
  const std::int32_t host = fleet_.choose(group, offers_[at(product)].need);
  const std::uint32_t slot = new_slot();
  Vps& vps = slots_[slot];
  vps.product = product;
  vps.group = group;
  vps.life = life;
  place(slot, host);
  served(product, life);
}

void Replicate::want_outside(std::int32_t product, std::int32_t group, double life) {
  const std::int32_t host = fleet_.choose(group, offers_[at(product)].need);
  if (host < 0) return;
  const std::uint32_t slot = new_slot();
  Vps& vps = slots_[slot];
  vps.product = product;
  vps.group = group;
  vps.life = life;
  vps.outside = true;
  place(slot, host);
}

void Replicate::want_from_shop(std::int32_t product, std::int32_t group, double life) {
  if (scene_.plan.cart_views) engine_->view_cart(product);
  const std::int64_t service = next_service_++;
  const std::int64_t location = group < 0 ? 0 : fleet_.group_ids()[at(group)];
  if (!engine_->order(product, location, service)) return refused(product, group, service, life);
  tell(Happening::Kind::ordered, service, product, group);
  const std::uint32_t slot = new_slot();
  Vps& vps = slots_[slot];
  vps.product = product;
  vps.group = group;
  vps.life = life;
  vps.service = service;
  if (scene_.plan.provision_after > 0) {
    queue_.add(now_ + scene_.plan.provision_after, EventKind::provision, slot);
  } else {
    provision(slot);
  }
}

void Replicate::refused(std::int32_t product, std::int32_t group, std::int64_t service,
                        double life) {
  tell(Happening::Kind::refused, service, product, group);
  if (!counts()) return;
  const Offer& offer = offers_[at(product)];
  ProductOutcome& outcome = outcome_->products[at(product)];
  const bool was_there = offer.sellable && fleet_.choose(group, offer.need) >= 0;
  ++(was_there ? outcome.lost_false : outcome.lost_true);
  if (group >= 0) ++at_location(outcome_->lost_at, product, group);
  const double price = terms_.prices[at(product)];
  outcome.money_lost += price;
  outcome.revenue_lost += price * months_of(life);
}

void Replicate::served(std::int32_t product, double life) {
  if (!counts()) return;
  ProductOutcome& outcome = outcome_->products[at(product)];
  const double price = terms_.prices[at(product)];
  ++outcome.served;
  outcome.money_served += price;
  outcome.revenue_served += price * months_of(life);
}

// What is paid for within the horizon; months have 30 days.
double Replicate::months_of(double life) const {
  return std::min(life, static_cast<double>(scene_.plan.horizon - now_)) / (30 * day_ms);
}

float& Replicate::at_location(std::vector<float>& counts, std::int32_t product,
                              std::int32_t group) {
  return counts[at(product) * fleet_.group_ids().size() + at(group)];
}

void Replicate::tell(Happening::Kind kind, std::int64_t service, std::int32_t product,
                     std::int32_t group, std::int64_t from, std::int64_t to) {
  if (happenings_ == nullptr) return;
  happenings_->push_back({kind, now_, service, product, group, from, to});
}

}  // namespace vfstock::sim::forecast
