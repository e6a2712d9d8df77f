#include "sim/scenario/player.h"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include <fmt/format.h>

#include "mockpanel/model/duration.h"
#include "sim/scenario/change.h"
#include "sim/scenario/expectation.h"

namespace vfstock::sim::scenario {

namespace model = mockpanel::model;

namespace {

constexpr Time for_ever = Time::max();
// An engine that is due again and again without time going on would keep the runner for ever.
constexpr int rounds_at_once_max = 1000;

}  // namespace

void Player::play(const std::vector<Step>& timeline) {
  for (const Step& step : timeline) play(step);
  finish();
}

std::vector<std::size_t> Player::play_what_fits(const std::vector<Step>& timeline) {
  only_what_fits_ = true;
  std::vector<std::size_t> misfits;
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    try {
      play(timeline[i]);
    } catch (const document::DocumentError&) {
      misfits.push_back(i);
    }
  }
  finish();
  return misfits;
}

void Player::play(const Step& step) {
  pass_until(step.at);
  current_ = &step;
  std::visit([this](const auto& action) { act(action); }, step.action);
  pass_until(stage_.clock().now());  // what fell due while the step took its time
  step_ends();
}

void Player::finish() {
  Time end = stage_.clock().now();
  for (const Repeat& repeat : crons_) end = std::max(end, repeat.until);
  pass_until(end);
  note_unmet_faults();
  for (const auto& [part, fault] : store_faults_) note_unmet_store_fault(part);
  stage_.recorder().timeline_ends(stage_.panel().truth());
}

void Player::pass_until(Time end) {
  for (;;) {
    const auto due = stage_.subject().next_due();
    const auto cron_next = std::min_element(
        crons_.begin(), crons_.end(),
        [](const Repeat& one, const Repeat& other) { return one.next < other.next; });
    const bool any_cron = cron_next != crons_.end() && cron_next->next <= end;
    if (due && *due <= end && (!any_cron || *due <= cron_next->next)) {
      move_to(*due);
      run_due();
    } else if (any_cron) {
      move_to(cron_next->next);
      cron_next->next += cron_next->every;
      if (cron_next->next > cron_next->until) crons_.erase(cron_next);
      cron();
    } else {
      break;
    }
    step_ends();
  }
  move_to(end);
}

void Player::run_due() {
  const Time moment = stage_.clock().now();
  for (int round = 0; round < rounds_at_once_max; ++round) {
    stage_.subject().run_due();
    const auto next = stage_.subject().next_due();
    if (!next || *next > moment || stage_.clock().now() > moment) return;
  }
  throw std::logic_error("the engine is due again and again at one moment");
}

void Player::move_to(Time moment) {
  heal_store(moment);
  stage_.clock().advance_to(moment);
  stage_.panel().world().advance(stage_.clock().now());
}

void Player::step_ends() {
  forget_spent_faults();
  stage_.recorder().step_ends(stage_.panel().truth());
}

// A fault that has struck as often as it may disturbs nothing any more.
void Player::forget_spent_faults() {
  for (const auto& armed : stage_.panel().faults().rules()) {
    if (!armed.rule.count || armed.fired < *armed.rule.count) continue;
    if (faults_.erase(armed.rule.id) > 0) disturbed("a fault is spent");
  }
}

void Player::note_unmet_faults(const std::optional<std::string>& id) {
  for (const auto& armed : stage_.panel().faults().rules()) {
    if (id && armed.rule.id != *id) continue;
    if (armed.fired > 0 || armed.rule.probability) continue;
    unmet_faults_.push_back(begun_at_[armed.rule.id]);
  }
}

void Player::disturbed(const std::string& what) {
  stage_.recorder().disturbed(what, disturbed_until());
}

Time Player::disturbed_until() const {
  Time until = stage_.clock().now();
  for (const auto& [id, end] : faults_) until = std::max(until, end);
  for (const auto& [part, fault] : store_faults_) until = std::max(until, fault.ends);
  return until;
}

void Player::act(const ProvisionOutside& step) {
  model::CreateRequest request;
  request.package = step.package;
  request.group = step.group;
  request.ipv4 = step.ipv4.value_or(1);
  for (std::int64_t n = 0; n < step.count; ++n) {
    const model::CreateResult result =
        stage_.panel().world().create(request, false, "2026-01-01T00:00:00+00:00");
    if (!result.server) {
      refuse(current_->place,
             fmt::format("server {} of {} does not fit: {}", n + 1, step.count, result.refusal));
    }
  }
  stage_.recorder().note(fmt::format("{} server(s) of package {} created in the panel alone",
                                     step.count, step.package));
  disturbed("servers were created in the panel alone");
}

void Player::act(const TerminateOutside& step) {
  const model::Time now = stage_.clock().now();
  if (!stage_.panel().world().remove(step.server, std::chrono::minutes{0}, now)) {
    refuse(current_->place, fmt::format("there is no server {}", step.server));
  }
  stage_.recorder().note(fmt::format("server {} deleted in the panel alone", step.server));
  disturbed("a server was deleted in the panel alone");
}

void Player::act(const Change& step) {
  stage_.recorder().note("changed unannounced: " + step.what.dump());
  const bool rows_changed =
      apply_change(step.what, current_->place, stage_.panel().world(), stage_.tables());
  const bool services_changed =
      change_services(step.what, current_->place, stage_.shop(), stage_.clock().wall());
  if (rows_changed || services_changed) stage_.recorder().shop_changed();
  disturbed("panel or shop were changed");
}

void Player::act(const Fail& step) {
  mockpanel::faults::Rule rule = step.rule;
  if (rule.id.empty()) rule.id = fmt::format("fault-{}", next_fault_);
  ++next_fault_;
  rule.from = stage_.clock().now();
  if (step.lasts) rule.until = stage_.clock().now() + *step.lasts;
  stage_.recorder().note(fmt::format("fault {} begins: {}", rule.id, rule.kind->name));
  begun_at_[rule.id] = current_->place.pointer;
  faults_[rule.id] = step.lasts ? stage_.clock().now() + *step.lasts : for_ever;
  stage_.panel().faults().add(std::move(rule));
  disturbed("a fault began");
}

void Player::act(const Heal& step) {
  note_unmet_faults(step.id);
  if (!step.id) {
    stage_.panel().faults().clear();
    faults_.clear();
    heal_store(for_ever);
    stage_.recorder().note("every fault ends");
  } else {
    if (!stage_.panel().faults().remove(*step.id)) {
      refuse(current_->place, fmt::format("there is no fault '{}'", *step.id));
    }
    faults_.erase(*step.id);
    stage_.recorder().note(fmt::format("fault {} ends", *step.id));
  }
  disturbed("a fault ended");
}

void Player::act(const StoreFail& step) {
  switch (step.part) {
    case StoreFail::Part::tables:
      stage_.store().fail(step.fault, step.message);
      break;
    case StoreFail::Part::acceptance:
      stage_.shop().fail_acceptance(step.message);
      break;
    case StoreFail::Part::state:
      stage_.state().fail(step.message);
      break;
  }
  note_unmet_store_fault(step.part);
  store_faults_[step.part] = {step.lasts ? stage_.clock().now() + *step.lasts : for_ever,
                              store_strikes(step.part), current_->place.pointer};
  stage_.recorder().note("the shop's store begins to fail");
  disturbed("the shop's store began to fail");
}

std::int64_t Player::store_strikes(StoreFail::Part part) {
  switch (part) {
    case StoreFail::Part::tables:
      return stage_.store().struck();
    case StoreFail::Part::acceptance:
      return stage_.shop().failed_acceptances();
    case StoreFail::Part::state:
      return stage_.state().struck();
  }
  return 0;
}

void Player::note_unmet_store_fault(StoreFail::Part part) {
  const auto fault = store_faults_.find(part);
  if (fault == store_faults_.end() || store_strikes(part) > fault->second.struck_before) return;
  unmet_faults_.push_back(fault->second.begun_at);
}

// Heals what is to be whole by `moment`.
void Player::heal_store(Time moment) {
  std::erase_if(store_faults_, [&](const auto& fault) {
    if (fault.second.ends > moment) return false;
    note_unmet_store_fault(fault.first);
    if (fault.first == StoreFail::Part::tables) stage_.store().heal();
    if (fault.first == StoreFail::Part::acceptance) stage_.shop().fail_acceptance("");
    if (fault.first == StoreFail::Part::state) stage_.state().heal();
    return true;
  });
}

void Player::act(const Restart& step) {
  stage_.restart(step.state_lost);
  disturbed("the engine started anew");
}

void Player::act(const ClockStep& step) {
  stage_.clock().step_wall(step.by);
  stage_.recorder().clock_stepped(step.by);
}

void Player::act(const Expect& step) {
  Recorder& recorder = stage_.recorder();
  std::optional<std::int64_t> qty;
  if (step.product) {
    if (const auto* row = stage_.tables().find(catalogue::ProductId{*step.product})) qty = row->qty;
  }
  std::vector<std::string> differences = unmet(step, recorder.seen(), qty);
  if (step.order) {
    const std::string_view status =
        stage_.shop().order_status(step.order->id).value_or("not there");
    if (status != step.order->status) {
      differences.push_back(fmt::format("order {}: expected {}, found {}", step.order->id,
                                        step.order->status, status));
    }
  }
  for (const std::string& difference : differences) {
    recorder.violated("expect", current_->place.pointer + ": " + difference);
  }
  recorder.start_counting_anew();
}

}  // namespace vfstock::sim::scenario
