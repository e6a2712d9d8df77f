// The policy as options of a verb: a preset, and what differs from it.
#pragma once

#include <map>
#include <string>

#include <boost/program_options.hpp>

#include "engine/plan/policy.h"

namespace vfstock::sim::cli {

/// --policy, --storage-match, --ipv4-cap, --server-slots, --ipv4-zero, --qty-ceiling.
void add_counting_options(boost::program_options::options_description& options);
/// --location-option, --reserve-pending, --brake: what matters where there is a shop.
void add_shop_policy_options(boost::program_options::options_description& options);

/// The options above as they were given: name -> value.
using PolicyWords = std::map<std::string, std::string>;
PolicyWords policy_words(const boost::program_options::variables_map& values);

/// Throws UsageError.
plan::Policy policy_from(const PolicyWords& words);

}  // namespace vfstock::sim::cli
