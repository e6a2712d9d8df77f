// Plays a timeline on a stage, step by step, and moves the virtual clock.
#pragma once

#include "sim/scenario/stage.h"
#include "sim/scenario/step.h"

namespace vfstock::sim::scenario {

class Player {
 public:
  explicit Player(Stage& stage) : stage_(stage) {}
  void play(const Step& step);

 private:
  void act(const Cron& step);
  void act(const Recalculate& step);
  void act(const ViewCart& step);
  void act(const Provision& step);
  void act(const Terminate& step);
  void act(const ProvisionOutside& step);
  void act(const TerminateOutside& step);
  void act(const Change& step);
  void act(const Fail& step);
  void act(const Heal& step);
  void act(const Expect& step);

  Stage& stage_;
  const Step* current_ = nullptr;
  std::int64_t next_service_ = 1;
  std::int64_t next_fault_ = 1;
};

}  // namespace vfstock::sim::scenario
