// The kinds of fault that the mock panel knows, for people and for programs.
#pragma once

#include <iosfwd>

namespace vfstock::sim::cli {

/// A line a kind, by layer, with the members of a rule that it heeds, and an example of each.
void print_fault_kinds(std::ostream& out);
/// {"format": 1, "kinds": [{"kind", "layer", "meets", "heeds": [...], "example": {...}}]};
/// `example` is a rule that can be added as it stands.
void print_fault_kinds_json(std::ostream& out);

}  // namespace vfstock::sim::cli
