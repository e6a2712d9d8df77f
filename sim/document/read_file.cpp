#include <cerrno>
#include <fstream>
#include <system_error>

#include "sim/document/document.h"

namespace vfstock::sim::document {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& message) {
  throw DocumentError(file.string() + ": " + message);
}

// Reads up to one byte beyond the limit rather than trusting a file size: a pipe has none, and
// /dev/zero never ends.
std::string bytes_of(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    refuse(file, "cannot be read: " + std::generic_category().message(errno));
  }
  constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;
  std::string bytes;
  while (stream && bytes.size() <= file_bytes_max) {
    const std::size_t before = bytes.size();
    bytes.resize(before + chunk_bytes);
    stream.read(bytes.data() + before, chunk_bytes);
    bytes.resize(before + static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) refuse(file, "cannot be read to its end");
  return bytes;
}

}  // namespace

Json read_file(const std::filesystem::path& file) {
  std::error_code
      ignored;  // a path that cannot be looked at fails when it is opened, with a reason
  if (std::filesystem::is_directory(file, ignored)) {
    refuse(file, "is a folder; name a file");
  }
  const std::string bytes = bytes_of(file);
  if (bytes.size() > file_bytes_max) {
    refuse(file, "is larger than " + std::to_string(file_bytes_max / 1024 / 1024) + " MiB");
  }
  return parse(bytes, file.string());
}

}  // namespace vfstock::sim::document
