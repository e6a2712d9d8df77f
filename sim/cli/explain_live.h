// explain of a product that is for sale: live, or of a fleet file.
#pragma once

#include <boost/program_options.hpp>

#include "engine/stock/explanation.h"
#include "engine/stock/policy.h"
#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// Explains --product ID of --fleet FILE, or of the panel and the shop that the options name.
/// Throws UsageError when there is no such managed product, StoreError when the shop fails.
stock::Explanation explain_product(const boost::program_options::variables_map& values,
                                   const stock::Policy& policy, const Invocation& invocation);

/// What the product's row says, in words, before its decision.
void print_product(const stock::Explanation& explanation, const stock::Policy& policy,
                   std::ostream& out);

}  // namespace vfstock::sim::cli
