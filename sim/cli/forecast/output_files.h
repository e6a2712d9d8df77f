// Files that a forecast writes when it is done: tried before the work begins, so that an hour's
// runs are not lost to a typing error, and written whole or not at all.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include <boost/program_options.hpp>

namespace vfstock::sim::cli {

/// What was to be written could not be; the file is as it was before.
class WriteFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class OutputFile {
 public:
  /// Opens a new file beside it (of a symbolic link: beside what it points to), or the thing itself
  /// where it is no regular file, such as /dev/stdout. Throws UsageError when that cannot be done.
  explicit OutputFile(std::string file);
  /// Removes what was begun and not written.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Replaces the file in one step. Once. Throws WriteFailure.
  void write(const std::string& text);

 private:
  void give_up();

  std::string file_, target_, fresh_;  // as given; what it points to; the new one, empty: in place
  int descriptor_ = -1;
};

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
