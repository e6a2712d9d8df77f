// The production engine on the stage of a replay.
#pragma once

#include <memory>
#include <string>

#include "engine/plan/policy.h"
#include "sim/scenario/subject.h"

namespace vfstock::sim::scenario {

class Stage;

std::unique_ptr<Subject> engine_subject(Stage& stage, const plan::Policy& policy,
                                        const std::string& panel_host);

}  // namespace vfstock::sim::scenario
