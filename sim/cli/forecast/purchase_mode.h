// forecast --purchase: how many hypervisors, and when to order them.
#pragma once

#include <boost/program_options.hpp>

#include "sim/cli/program.h"
#include "sim/forecast/read_plan.h"

namespace vfstock::sim::cli {

/// The exit status: 1 when even the most of them are too few.
int search_purchase(const boost::program_options::variables_map& values,
                    const forecast::PlanDocument& document, const Invocation& invocation);

}  // namespace vfstock::sim::cli
