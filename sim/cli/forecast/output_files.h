// Files that a forecast writes when it is done: tried before the work begins, so that an hour's
// runs are not lost to a typing error, and written whole or not at all.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/program_options.hpp>

#include "sim/cli/output_file.h"

namespace vfstock::sim::cli {

/// What --csv and --html name, opened; nothing where they are not given.
class ForecastFiles {
 public:
  explicit ForecastFiles(const boost::program_options::variables_map& values);
  /// `make` is asked for the text only where it is wanted.
  void write_csv(const std::function<std::string()>& make);
  void write_html(const std::function<std::string()>& make);

 private:
  std::unique_ptr<OutputFile> csv_, html_;
};

}  // namespace vfstock::sim::cli
