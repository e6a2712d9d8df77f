#include "sim/cli/whole_file.h"

#include "sim/cli/output_file.h"

namespace vfstock::sim::cli {

void write_whole_file(const std::string& file, const std::string& text) {
  OutputFile(file, Readers::owner).write(text);
}

}  // namespace vfstock::sim::cli
