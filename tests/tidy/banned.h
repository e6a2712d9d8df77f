// Calls and types that make a run unrepeatable or a program unresponsive, each with what to use
// instead and the few places that may use it.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {

/// Finds real clocks, sleeps, implementation-defined randomness, threads in the engine, unordered
/// containers, regular expressions and reads of the environment outside the places that may.
Findings check_banned(const SourceFile& file);

/// The files and folders that may use something banned, so that a test can ask whether each exists.
std::vector<std::string> exempted_places();

}  // namespace vfstock::tidy
