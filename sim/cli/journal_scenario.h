// Turns a stretch of a journal into a scenario that replays to the same decisions.
//
// What the panel answered becomes the panel's world and its changes; what could not be read becomes
// a fault on that path; what was in the rows becomes the shop and its changes; every decision
// becomes an expectation; orders on their way wait where they waited. Lifetimes are 0, since the
// journal tells what each refresh rested on. Not carried over: released brakes, and what a store
// that failed did; decisions of that kind are not expected. Nor are blocks of addresses: in the
// scenario addresses count by the figures of hypervisors.
#pragma once

#include <string>
#include <vector>

#include "engine/sqlite/journal_reader.h"
#include "sim/document/document.h"

namespace vfstock::sim::cli {

/// Throws document::DocumentError when the stretch holds nothing that was decided.
document::Json journal_scenario(const std::vector<sqlite::KeptRefresh>& refreshes,
                                const std::string& name);

}  // namespace vfstock::sim::cli
