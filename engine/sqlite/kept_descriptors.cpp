#include "engine/sqlite/kept_descriptors.h"

#include <map>
#include <mutex>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace vfstock::sqlite {
namespace {

struct Kept {
  int connections = 0;
  std::vector<int> descriptors;  // closed with the last connection
};

struct AllKept {
  std::mutex mutex;
  std::map<std::pair<dev_t, ino_t>, Kept> files;
};

AllKept& all_kept() {
  static AllKept all;
  return all;
}

}  // namespace

void OpenFile::begin(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return;
  identity_ = {found.st_dev, found.st_ino};
  is_open_ = true;
  const std::lock_guard lock(all_kept().mutex);
  ++all_kept().files[identity_].connections;
}

void OpenFile::close_later(int descriptor) {
  if (!is_open_) {
    ::close(descriptor);
    return;
  }
  const std::lock_guard lock(all_kept().mutex);
  all_kept().files[identity_].descriptors.push_back(descriptor);
}

int OpenFile::take_kept() {
  if (!is_open_) return -1;
  const std::lock_guard lock(all_kept().mutex);
  std::vector<int>& kept = all_kept().files[identity_].descriptors;
  if (kept.empty()) return -1;
  const int descriptor = kept.back();
  kept.pop_back();
  return descriptor;
}

OpenFile::~OpenFile() {
  if (!is_open_) return;
  const std::lock_guard lock(all_kept().mutex);
  const auto kept = all_kept().files.find(identity_);
  if (--kept->second.connections > 0) return;
  for (const int descriptor : kept->second.descriptors) ::close(descriptor);
  all_kept().files.erase(kept);
}

}  // namespace vfstock::sqlite
