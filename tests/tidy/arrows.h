// The arrows between rooms: which room may include which. The mock panel never sees the engine and
// the checker never sees the engine's arithmetic, so that one mistake cannot hide in both.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {

/// Finds includes against the arrows, includes that are not written from the top of the tree, and
/// rooms that the table does not know.
Findings check_arrows(const SourceFile& file);

/// The rooms of the table, so that a test can ask whether each still exists.
std::vector<std::string> rooms();

}  // namespace vfstock::tidy
