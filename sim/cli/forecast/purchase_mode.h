// forecast --purchase: what to buy for a plan and for each of its what-ifs, and when to order it.
#pragma once

#include <boost/program_options.hpp>

#include "sim/cli/program.h"
#include "sim/forecast/read_plan.h"

namespace vfstock::sim::cli {

/// The exit status: 1 when even the most of them are too few for the plan.
int search_purchase(const boost::program_options::variables_map& values,
                    const forecast::PlanDocument& document, const Invocation& invocation);

}  // namespace vfstock::sim::cli
