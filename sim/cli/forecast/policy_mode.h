// forecast --policies: every tunable of the engine on one plan, lost sales against oversold VPSes.
#pragma once

#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "sim/cli/program.h"
#include "sim/forecast/policy_study.h"
#include "sim/forecast/read_plan.h"

namespace vfstock::sim::cli {

/// The exit status.
int study_policies(const boost::program_options::variables_map& values,
                   const forecast::PlanDocument& document, const Invocation& invocation);

}  // namespace vfstock::sim::cli
