// Settings that no verb understands are refused: one that is ignored counts as not set, and a dry
// run that was asked for would write.
#pragma once

#include <string>
#include <string_view>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// Given alone, a verb prints the names of its options, one a line.
inline constexpr const char* list_options = "--list-options";

/// "--junit" is set by VFSTOCK_JUNIT, "--storage-match" by VFSTOCK_STORAGE_MATCH.
std::string variable_for(const std::string& option);

/// Throws UsageError for a variable VFSTOCK_... that is an option of no verb, with the nearest
/// name.
void refuse_unknown_variables(const Invocation& invocation);

/// Throws UsageError for a [section] of `file`, whose content is `text`, that names no verb.
void refuse_unknown_sections(std::string_view text, const std::string& file);

/// Throws UsageError for a key that stands in the section of a verb and is none of its options.
void refuse_unknown_key(const std::string& verb, const std::string& key, const std::string& file);

}  // namespace vfstock::sim::cli
