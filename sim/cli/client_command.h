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
/// goes. After `patience` it is killed with all that it started. Throws std::runtime_error when it
/// cannot be started.
CommandResult run_command(const std::string& command,
                          const std::map<std::string, std::string>& environment,
                          std::chrono::seconds patience);

}  // namespace vfstock::sim::cli
