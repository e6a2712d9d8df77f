#include "engine/base/input_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfstock {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw InputFileError(file.string() + ": " + why);
}

std::string reason_of(int error) { return std::generic_category().message(error); }

/// Closes a descriptor at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void require_regular(const std::filesystem::path& file, const struct stat& status) {
  if (S_ISREG(status.st_mode)) return;
  if (S_ISDIR(status.st_mode)) refuse(file, "is a folder; name a file");
  refuse(file, "is no regular file (a pipe, socket or device); copy what it gives to a file");
}

std::string size_text(std::size_t bytes) {
  constexpr std::size_t kib = 1024, mib = kib * kib;
  if (bytes % mib == 0) return std::to_string(bytes / mib) + " MiB";
  return bytes % kib == 0 ? std::to_string(bytes / kib) + " KiB" : std::to_string(bytes) + " bytes";
}

[[noreturn]] void refuse_size(const std::filesystem::path& file, std::size_t bytes_max) {
  refuse(file, "is larger than " + size_text(bytes_max));
}

/// One byte beyond the limit is tried, for a file may grow while it is read.
std::string bytes_of(int descriptor, const std::filesystem::path& file, std::size_t expected,
                     std::size_t bytes_max) {
  std::string bytes(expected + 1, '\0');
  std::size_t size = 0;
  for (;;) {
    if (size == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t count = read(descriptor, bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(file, "cannot be read to its end: " + reason_of(errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
    if (size > bytes_max) refuse_size(file, bytes_max);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

InputFile read_input_file(const std::filesystem::path& file, std::size_t bytes_max) {
  // A FIFO is opened without waiting for somebody who writes.
  const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (descriptor.number() < 0) refuse(file, "cannot be read: " + reason_of(errno));
  struct stat status {};
  if (fstat(descriptor.number(), &status) != 0) {
    refuse(file, "cannot be read: " + reason_of(errno));
  }
  require_regular(file, status);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > bytes_max) refuse_size(file, bytes_max);
  return {bytes_of(descriptor.number(), file, size, bytes_max), (status.st_mode & S_IROTH) != 0};
}

void require_regular_file(const std::filesystem::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) refuse(file, "cannot be read: " + reason_of(errno));
  require_regular(file, status);
}

}  // namespace vfstock
