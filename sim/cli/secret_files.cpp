#include "sim/cli/secret_files.h"

#include <sstream>

#include <fmt/format.h>

#include "engine/base/input_file.h"
#include "sim/cli/options.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {
namespace {

constexpr std::size_t secret_bytes_max = 4096;

std::string bytes_of(const std::string& option, const std::string& file, std::ostream& talk) {
  constexpr std::size_t file_bytes_max = std::size_t{64} * 1024;
  try {
    InputFile input = read_input_file(file, file_bytes_max);
    if (input.others_may_read) {
      talk << "warning: everybody on this machine can read " << report::clean(file)
           << "; chmod 600 " << report::clean(file) << "\n";
    }
    return std::move(input.bytes);
  } catch (const InputFileError& error) {
    throw UsageError("--" + option + ": " + error.what());
  }
}

std::string without_end(std::string line, const std::string& file) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.size() <= secret_bytes_max) return line;
  throw UsageError(
      fmt::format("{}: a line is longer than a secret of {} bytes", file, secret_bytes_max));
}

}  // namespace

std::string secret_line(const std::string& option, const std::string& file, std::ostream& talk) {
  const std::string bytes = bytes_of(option, file, talk);
  std::string line = without_end(bytes.substr(0, bytes.find('\n')), file);
  if (line.empty()) throw UsageError(file + ": holds no secret in its first line");
  return line;
}

std::vector<std::string> secret_lines(const std::string& option, const std::string& file,
                                      std::size_t lines_max, std::ostream& talk) {
  std::istringstream stream(bytes_of(option, file, talk));
  std::vector<std::string> lines;
  for (std::string raw; std::getline(stream, raw);) {
    std::string line = without_end(std::move(raw), file);
    if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
  }
  if (lines.empty()) throw UsageError(fmt::format("--{}: {} holds no secret", option, file));
  if (lines.size() > lines_max) {
    throw UsageError(fmt::format("--{}: {} holds more than {} secrets", option, file, lines_max));
  }
  return lines;
}

}  // namespace vfstock::sim::cli
