// One sweep through the engine, as the verbs of the command line run it: once and now.
#pragma once

#include <string>
#include <vector>

#include "engine/schedule/keeper.h"
#include "engine/schedule/state.h"
#include "sim/cli/sync_plan.h"

namespace vfstock::sim::cli {

struct SweepInput {
  panel::Panel& panel;
  catalogue::ShopLog& shop;
  schedule::State& state;
  const Clock& clock;
  plan::Policy policy;
  std::string panel_host;
  bool force = false;  // releases the brake
  plan::Scope scope = plan::Scope::all();
};

/// Decides and writes nothing, neither rows nor state. What it read is in the plan; its answers,
/// time and policy words are the caller's to add.
Plan plan_sweep(const SweepInput& input);

/// Decides, writes and tells `journal`; what became of it as a plan.
Plan write_sweep(const SweepInput& input, apply::Journal& journal);

}  // namespace vfstock::sim::cli
