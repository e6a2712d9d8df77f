#include "tests/tidy/size.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/tidy/function_spans.h"

namespace vfstock::tidy {
namespace {

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string over(std::size_t found, std::string_view unit, std::size_t most) {
  return std::to_string(found) + " " + std::string(unit) + ", at most " + std::to_string(most);
}

}  // namespace

Findings check_file_length(const SourceFile& file) {
  if (file.lines.size() <= file_lines_max) return {};
  return {{file.path, file.lines.size(), "file-length",
           over(file.lines.size(), "lines", file_lines_max) + "; give each idea its own file"}};
}

Findings check_line_length(const SourceFile& file) {
  Findings findings;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::size_t width = columns(file.lines[index]);
    if (width <= line_columns_max) continue;
    findings.push_back({file.path, index + 1, "line-length",
                        over(width, "columns", line_columns_max) + "; break the line"});
  }
  return findings;
}

Findings check_function_length(const SourceFile& file) {
  Findings findings;
  for (const FunctionSpan& function : function_spans(file)) {
    const std::size_t length = function.last_line - function.first_line + 1;
    if (length <= function_lines_max) continue;
    findings.push_back(
        {file.path, function.first_line, "function-length",
         over(length, "lines", function_lines_max) + "; name its parts and make them functions"});
  }
  return findings;
}

}  // namespace vfstock::tidy
