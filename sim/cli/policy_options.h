// The policy as options of a verb: a preset, and what differs from it.
#pragma once

#include <string>

#include <boost/program_options.hpp>

#include "engine/plan/policy_fields.h"

namespace vfstock::sim::cli {

/// --policy, and an option for each field that matters where something is counted or swept.
void add_policy_options(boost::program_options::options_description& options);
/// An option for each field of this use.
void add_policy_options(boost::program_options::options_description& options, plan::PolicyUse use);

using plan::PolicyWords;
/// The options of the policy as they were given.
PolicyWords policy_words(const boost::program_options::variables_map& values);

/// Throws UsageError.
plan::Policy policy_from(const PolicyWords& words);

}  // namespace vfstock::sim::cli
