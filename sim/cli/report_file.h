// Files that a verb was asked to write for others to read: reports, tables, witnesses.
#pragma once

#include <string>

#include "sim/cli/output_file.h"

namespace vfstock::sim::cli {

/// As OutputFile. Throws UsageError, WriteFailure.
inline void write_report(const std::string& file, const std::string& text) {
  OutputFile(file).write(text);
}

}  // namespace vfstock::sim::cli
