// Generated timelines: from (seed, run) to a scenario's JSON.
//
// A run is a small world, a safety phase of steps drawn by lot, and a bounded liveness phase: every
// fault ends, and the cron sweeps until every product must show the truth. Runs differ wildly in
// mood (swarm testing): each leaves some kinds of steps and some classes of faults out and weighs
// the rest as it likes. The seed only makes the timeline; replaying and shrinking work on the JSON.
#pragma once

#include <cstdint>

#include "sim/document/document.h"

namespace vfstock::sim::fuzz {

constexpr int steps_usual = 50;

/// A scenario that scenario.schema.json accepts. Its steps may name what is not there when they
/// run (a service whose provisioning failed): such steps mean nothing.
document::Json generate(std::uint64_t seed, std::uint64_t run, int steps = steps_usual);

}  // namespace vfstock::sim::fuzz
