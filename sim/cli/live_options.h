// Where the panel and the shop are, as options shared by every verb that works on them. Secrets
// come from files and the environment, never from arguments.
#pragma once

#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "engine/live/settings.h"
#include "sim/cli/program.h"

namespace vfstock::sim::cli {

using live::PanelSettings;
using live::ShopSettings;

/// --panel, --token-file, --ca-file, --concurrency.
void add_panel_options(boost::program_options::options_description& options);
/// --shop, --shop-password-file.
void add_shop_options(boost::program_options::options_description& options);
/// The names of the options that describe panel, shop, journal and policy, and so are the same for
/// every verb: a configuration file holds them before its first section, or in the section of any
/// of shop_verbs() for all of these.
const std::vector<std::string>& shared_option_names();
/// The verbs that work on a shop.
const std::vector<std::string>& shop_verbs();

/// Throws UsageError when something is missing or wrong.
PanelSettings panel_settings(const boost::program_options::variables_map& values,
                             const Invocation& invocation);
/// Under which name the shop knows the panel that --panel and --panel-name name.
std::string panel_name(const boost::program_options::variables_map& values);
ShopSettings shop_settings(const boost::program_options::variables_map& values,
                           const Invocation& invocation);

}  // namespace vfstock::sim::cli
