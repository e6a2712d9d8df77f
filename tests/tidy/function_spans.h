// Where functions begin and end.
#pragma once

#include <cstddef>
#include <vector>

#include "tests/tidy/source_file.h"

namespace vfstock::tidy {

struct FunctionSpan {
  std::size_t first_line = 1;  // of its head, counted from 1
  std::size_t last_line = 1;   // of its closing brace
};

/// The function definitions at the level of namespaces and classes, in their order.
std::vector<FunctionSpan> function_spans(const SourceFile& file);

}  // namespace vfstock::tidy
