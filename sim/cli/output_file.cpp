#include "sim/cli/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/cli/options.h"

namespace vfstock::sim::cli {
namespace {

/// Whether every byte was taken.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The rights of the file that is replaced, or those of a new one.
mode_t mode_of(const std::string& file, Readers readers) {
  if (readers == Readers::owner) return 0600;
  struct stat there {};
  if (stat(file.c_str(), &there) == 0) return there.st_mode & 0777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

OutputFile::OutputFile(std::string file, Readers readers)
    : file_(std::move(file)), target_(file_), readers_(readers) {
  std::error_code ignored;
  const auto pointed = std::filesystem::canonical(file_, ignored);
  if (!ignored) target_ = pointed.string();
  const auto status = std::filesystem::status(target_, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    descriptor_ = std::filesystem::is_directory(status)
                      ? (errno = EISDIR, -1)
                      : open(target_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    fresh_ = target_ + ".XXXXXX";
    descriptor_ = mkostemp(fresh_.data(), O_CLOEXEC);
  }
  if (descriptor_ < 0) {
    throw UsageError(file_ + ": cannot be written: " + std::strerror(errno));
  }
}

OutputFile::~OutputFile() { give_up(); }

void OutputFile::give_up() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  descriptor_ = -1;
  if (!fresh_.empty()) unlink(fresh_.c_str());
}

void OutputFile::write(const std::string& text) {
  const auto fail = [&] {
    const std::string why = std::strerror(errno);
    give_up();
    throw WriteFailure(file_ + ": cannot be written: " + why + "; it is as it was before");
  };
  if (!write_all(descriptor_, text)) fail();
  if (!fresh_.empty()) {
    if (fchmod(descriptor_, mode_of(target_, readers_)) != 0 || fsync(descriptor_) != 0) fail();
    if (std::rename(fresh_.c_str(), target_.c_str()) != 0) fail();
  }
  close(descriptor_);
  descriptor_ = -1;
}

}  // namespace vfstock::sim::cli
