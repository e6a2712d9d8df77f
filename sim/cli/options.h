// Options of one verb: command line over environment (VFSTOCK_...) over configuration file over
// defaults.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// Wrong usage; the message says what was wrong and what is known.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct VerbOptions {
  std::string verb;
  std::string usage;     // "vfstock replay [OPTIONS] PATH..."
  std::string examples;  // shown first by --help
  boost::program_options::options_description named;
  boost::program_options::positional_options_description positional;
  boost::program_options::options_description hidden;  // what positional arguments are stored in
};

/// An option that takes text, which --help shows as `shown`.
boost::program_options::typed_value<std::string>* word(const char* shown);
/// The same for an option that may be repeated.
boost::program_options::typed_value<std::vector<std::string>>* words(const char* shown);

/// The options' values, or nullopt when help was asked for and has been printed. --help and
/// --config FILE (INI, keys under [VERB]) are added to every verb. Throws UsageError.
std::optional<boost::program_options::variables_map> read_options(const VerbOptions& options,
                                                                  const Invocation& invocation);

/// One of `known`, or UsageError that names them all and the nearest.
std::string one_of(const std::string& option, const std::string& value,
                   const std::vector<std::string>& known);

}  // namespace vfstock::sim::cli
