// The one way to write a file that a verb was asked for: whole or not at all, under a temporary
// name that nobody can have planted, and in place where it is no regular file.
#pragma once

#include <stdexcept>
#include <string>

namespace vfstock::sim::cli {

/// What was to be written could not be; the file is as it was before.
class WriteFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who may read a new file.
enum class Readers {
  everybody,  // that the user's mask lets; a file that is replaced keeps its rights
  owner,      // what a shop or a panel said
};

class OutputFile {
 public:
  /// Opens a new file beside it (of a symbolic link: beside what it points to), or the thing itself
  /// where it is no regular file, such as /dev/stdout. Throws UsageError when that cannot be done.
  explicit OutputFile(std::string file, Readers readers = Readers::everybody);
  /// Removes what was begun and not written.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Replaces the file in one step. Once. Throws WriteFailure.
  void write(const std::string& text);

 private:
  void give_up();

  std::string file_, target_, fresh_;  // as given; what it points to; the new one, empty: in place
  Readers readers_;
  int descriptor_ = -1;
};

}  // namespace vfstock::sim::cli
