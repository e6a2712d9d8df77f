// explain of a product that is for sale: live, or of a fleet file.
#pragma once

#include <boost/program_options.hpp>

#include "engine/plan/explanation.h"
#include "engine/plan/policy.h"
#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// Explains --product ID of --fleet FILE, or of the panel and the shop that the options name.
/// Throws UsageError or SettingsError when there is no such managed product, StoreError when the
/// shop fails.
plan::Explanation explain_product(const boost::program_options::variables_map& values,
                                  const plan::Policy& policy, const Invocation& invocation);

/// What the product's row says, in words, before its decision.
void print_product(const plan::Explanation& explanation, const plan::Policy& policy,
                   std::ostream& out);

/// Warns of options that may make a VPS larger than what is counted.
void print_overrides(const plan::Explanation& explanation, const plan::Policy& policy,
                     std::ostream& out);

/// Says so where the brake withholds this product's fall. Throws StoreError for a journal that
/// cannot be read.
void print_brake(const boost::program_options::variables_map& values, catalogue::ProductId product,
                 const Invocation& invocation);

}  // namespace vfstock::sim::cli
