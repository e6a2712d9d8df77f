// A sweep's outcome as a table for people and as JSON for programs.
#pragma once

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/live/sync_plan.h"

namespace vfstock::sim::cli {

/// `written`: it has been done; otherwise it would be.
void print_plan(const live::SyncPlan& plan, bool written, std::ostream& out);

/// The versioned object of `sync --json`.
nlohmann::ordered_json sync_json(const live::SyncPlan& plan, bool written);

/// "3 products: 1 to write, 2 unchanged".
std::string summary_text(const live::SyncPlan& plan, bool written);

}  // namespace vfstock::sim::cli
