// The built program, traced, so that a test can end it just before any of the steps that others
// would notice: opening a file to write, writing to a file or a socket, removing or renaming a
// file, a sync to the disk. What goes through mapped memory (the index of SQLite's log) is none.
#pragma once

#include <string>
#include <vector>

namespace vfstock::store {

/// How a traced run ended. Steps count from 1.
struct TracedEnd {
  bool killed = false;  // before its step
  int status = -1;      // its exit status, when it was not killed
};

/// Runs `vfstock WORDS...` with these variables ("NAME=value") and no others, and kills it, as by
/// `kill -9`, before it takes its `step`-th step. Only the thread that it starts with is traced;
/// the engine starts no other. What it says goes nowhere. Throws std::runtime_error when the
/// program cannot be started or the system does not let one process trace another.
TracedEnd run_until_step(int step, const std::vector<std::string>& words,
                         const std::vector<std::string>& environment);

}  // namespace vfstock::store
