// Descriptors of database files that must not be closed yet.
//
// SQLite's locks are POSIX locks: they belong to the process, and end with the first descriptor of
// the file that the process closes, whichever that is. A descriptor of our own, for the writers'
// lock, is therefore kept until no connection of this process has its file open, as SQLite keeps
// its own. May be used by several threads.
#pragma once

#include <filesystem>
#include <utility>

#include <sys/types.h>

namespace vfstock::sqlite {

/// One connection to a file, from before its first lock until after its last.
class OpenFile {
 public:
  OpenFile() = default;
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  /// The file has just been opened, and nothing read of it. One that has no name counts for
  /// nothing.
  void begin(const std::filesystem::path& file);
  /// Closes the descriptor, now or when the last connection to the file ends.
  void close_later(int descriptor);
  /// One that was to be closed later, for whoever needs another; -1: there is none.
  int take_kept();

 private:
  using Identity = std::pair<dev_t, ino_t>;
  bool is_open_ = false;
  Identity identity_{};
};

}  // namespace vfstock::sqlite
