// forecast --mix: how many VPSes of a mix of products fit together, now and on a date.
#pragma once

#include <boost/program_options.hpp>

#include "sim/cli/program.h"
#include "sim/forecast/read_plan.h"

namespace vfstock::sim::cli {

/// The exit status.
int answer_mix(const boost::program_options::variables_map& values,
               const forecast::PlanDocument& document, const Invocation& invocation);

}  // namespace vfstock::sim::cli
