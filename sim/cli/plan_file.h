// Plans in files, as `sync --out` writes and `sync --apply` reads them.
#pragma once

#include <string>

#include "sim/cli/sync_plan.h"

namespace vfstock::sim::cli {

/// Writes the file whole or not at all, readable by its owner alone. Throws
/// document::DocumentError.
void write_plan(const Plan& plan, const std::string& file);

/// Throws document::DocumentError when the file is no plan.
Plan read_plan(const std::string& file);

}  // namespace vfstock::sim::cli
