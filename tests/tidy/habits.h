// Habits of writing: how headers open, how files are named, what comments are for.
#pragma once

#include "tests/tidy/finding.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {

/// A header opens with a comment that says what it is for, and has #pragma once.
Findings check_header_opening(const SourceFile& file);
/// snake_case, and never a name that says nothing, such as utils.
Findings check_file_name(const SourceFile& file);
/// No tabs, no white space at the end of a line.
Findings check_white_space(const SourceFile& file);
/// No notes to finish something later: it is finished, or it is not in the tree.
Findings check_open_notes(const SourceFile& file);
/// No code that is commented out: the history of the repository remembers it.
Findings check_dead_code(const SourceFile& file);

}  // namespace vfstock::tidy
