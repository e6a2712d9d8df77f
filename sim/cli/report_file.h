// Files that a verb was asked to write for others to read: reports, tables, witnesses.
#pragma once

#include <fstream>
#include <string>

#include "sim/cli/options.h"

namespace vfstock::sim::cli {

/// Throws UsageError when the file cannot be written whole.
inline void write_report(const std::string& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw UsageError(file + ": cannot be written");
}

}  // namespace vfstock::sim::cli
