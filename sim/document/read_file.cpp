#include "engine/base/input_file.h"
#include "sim/document/document.h"
#include "sim/document/read_bytes.h"

namespace vfstock::sim::document {

std::string read_bytes(const std::filesystem::path& file, std::size_t bytes_max) {
  try {
    return read_input_file(file, bytes_max).bytes;
  } catch (const InputFileError& error) {
    throw DocumentError(error.what());
  }
}

Json read_file(const std::filesystem::path& file) {
  return parse(read_bytes(file, file_bytes_max), file.string());
}

}  // namespace vfstock::sim::document
