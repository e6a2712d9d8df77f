// The built program as a process of its own, for what only a process has: a command line that
// others can read, limits, a disk that is full.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace vfstock::store {

class RunningProgram {
 public:
  /// Starts `vfstock WORDS...` with these variables ("NAME=value") and no others; what it says goes
  /// to `said`. `file_bytes_max`: no file may grow beyond that, as on a disk that is full; 0: any.
  RunningProgram(const std::vector<std::string>& words, const std::vector<std::string>& environment,
                 const std::string& said, unsigned long file_bytes_max = 0);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  pid_t id() const { return id_; }
  /// What `ps` shows of a process that runs.
  static std::string command_line(pid_t id);
  /// Waits for its end; its exit status, -1 when a signal ended it.
  int wait();

 private:
  pid_t id_ = -1;
};

}  // namespace vfstock::store
