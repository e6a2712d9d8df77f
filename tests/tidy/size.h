// How much a reader has to hold in mind: the length of files, functions and lines.
#pragma once

#include <cstddef>

#include "tests/tidy/finding.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {

inline constexpr std::size_t file_lines_max = 500;
inline constexpr std::size_t function_lines_max = 60;  // from its name to its closing brace
inline constexpr std::size_t line_columns_max = 100;

Findings check_file_length(const SourceFile& file);
Findings check_line_length(const SourceFile& file);
/// Functions are told from classes and initialisers by their formatted text, not by a compiler:
/// a brace at the level of a namespace or class whose head has parentheses opens one.
Findings check_function_length(const SourceFile& file);

}  // namespace vfstock::tidy
