#include "sim/cli/whole_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "sim/document/document.h"

namespace vfstock::sim::cli {

namespace {

/// True when every byte is on disk.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

}  // namespace

void write_whole_file(const std::string& file, const std::string& text) {
  const std::string fresh = file + ".new";
  const auto refuse = [&] {
    const std::string why = std::strerror(errno);
    unlink(fresh.c_str());
    throw document::DocumentError(file + ": cannot be written: " + why);
  };
  const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) refuse();
  const bool whole = write_all(descriptor, text);
  if (close(descriptor) != 0 || !whole) refuse();
  if (std::rename(fresh.c_str(), file.c_str()) != 0) refuse();
}

}  // namespace vfstock::sim::cli
