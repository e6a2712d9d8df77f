// Plays a timeline on a stage: moves the virtual clock from step to step, and lets whatever falls
// due in between run at its moment (the engine's own schedule, the shop's repeating cron).
//
// player.cpp holds the passing of time and the steps that meddle with panel, store and engine;
// player_shop.cpp the shop's own steps and hooks.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/stage.h"
#include "sim/scenario/step.h"

namespace vfstock::sim::scenario {

class Player {
 public:
  explicit Player(Stage& stage) : stage_(stage) {}
  /// Sorted by time. Throws document::DocumentError when a step names something that is not there.
  void play(const std::vector<Step>& timeline);
  /// The same, but a step that names something that is not there does nothing, and an order beyond
  /// the stock is none. The indices of those steps.
  std::vector<std::size_t> play_what_fits(const std::vector<Step>& timeline);
  /// The fail and store-fail steps that have ended and met nothing at all, as JSON pointers. Those
  /// that strike by chance are not among them.
  const std::vector<std::string>& unmet_faults() const { return unmet_faults_; }

 private:
  void act(const Cron& step);
  void act(const Recalculate& step);
  void act(const ViewCart& step);
  void act(const Order& step);
  void act(const Cancel& step);
  void act(const Provision& step);
  void act(const Terminate& step);
  void act(const ChangePackage& step);
  void act(const ProvisionOutside& step);
  void act(const TerminateOutside& step);
  void act(const Change& step);
  void act(const Fail& step);
  void act(const Heal& step);
  void act(const StoreFail& step);
  void act(const Restart& step);
  void act(const ClockStep& step);
  void act(const Expect& step);

  void play(const Step& step);
  /// After the last step: lets the repeating cron run out.
  void finish();
  /// Moves to `end` and runs everything that falls due by then.
  void pass_until(Time end);
  void run_due();
  void move_to(Time moment);
  void cron();
  void step_ends();
  void forget_spent_faults();
  std::int64_t store_strikes(StoreFail::Part part);
  void note_unmet_store_fault(StoreFail::Part part);
  /// Before faults are taken away: the one of this id, or all.
  void note_unmet_faults(const std::optional<std::string>& id = std::nullopt);
  void heal_store(Time moment);
  /// The end of the fault that lasts longest; a fault without an end lasts for ever.
  Time disturbed_until() const;
  void disturbed(const std::string& what);

  const shop::Service& service_with_server(std::int64_t id) const;
  shop::Service service_to_provision(const Provision& step);
  /// The panel's answer to the shop's module; the engine goes on while that takes its time.
  shop::ModuleAnswer call_panel(const shop::ModuleCall& call);
  void module_event(schedule::ModuleEvent::Action action, const shop::Service& service);

  struct Repeat {
    Time next, every, until;
  };

  struct StoreFaultInForce {
    Time ends{};
    std::int64_t struck_before = 0;
    std::string begun_at;  // the step
  };

  Stage& stage_;
  const Step* current_ = nullptr;
  bool only_what_fits_ = false;  // an order that the shop refuses does not fit
  std::vector<Repeat> crons_;
  std::map<std::string, Time> faults_;           // id -> when it ends
  std::map<std::string, std::string> begun_at_;  // id -> the step that it began with
  std::vector<std::string> unmet_faults_;
  std::map<StoreFail::Part, StoreFaultInForce> store_faults_;
  std::int64_t next_fault_ = 1;
};

}  // namespace vfstock::sim::scenario
