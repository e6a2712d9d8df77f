// A command of the user's, run to its end.
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace vfstock::sim::cli {

struct CommandResult {
  int status = 0;  // its exit status; 128 and its signal where one killed it
  bool timed_out = false;
  std::string output;  // of stdout, at most 1 MiB
};

/// Runs `command` under /bin/sh with this environment and nothing on stdin; stderr goes where ours
/// goes. It is over when the shell has ended: what it leaves running in the background is killed,
/// and nobody waits for it. After `patience` it is killed with all that it started. Throws
/// std::runtime_error when it cannot be started.
CommandResult run_command(const std::string& command,
                          const std::map<std::string, std::string>& environment,
                          std::chrono::milliseconds patience);

/// What an exit status means: "failed with status 3", "could not be run (status 126: ...)", "was
/// killed by signal 9 (status 137: ...)".
std::string status_text(int status);

}  // namespace vfstock::sim::cli
