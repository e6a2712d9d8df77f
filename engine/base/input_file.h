// Files that people name as input: opened once, read once, and refused at once unless they are
// regular files of bounded size. A FIFO never ends, a device may not, and a path that is looked at
// and then opened may have become something else in between.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace vfstock {

/// "FILE: why it cannot be read". The file's name is as it was given, bytes and all.
class InputFileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct InputFile {
  std::string bytes;
  bool others_may_read = false;  // everybody on this machine
};

/// Throws InputFileError, also when the file is larger than `bytes_max`.
InputFile read_input_file(const std::filesystem::path& file, std::size_t bytes_max);

/// Throws InputFileError unless the path leads to a regular file. For files that a library opens.
void require_regular_file(const std::filesystem::path& file);

}  // namespace vfstock
