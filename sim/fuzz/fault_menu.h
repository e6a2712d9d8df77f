// What a generated timeline can let go wrong on the panel's side.
//
// Samples are `fail` steps without their trigger, as a scenario writes them. They come in classes,
// because a run leaves whole classes out: what happens to everything at once hides what happens to
// one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/document/document.h"

namespace vfstock::sim::fuzz {

/// The answers in which a fault can show; in any other it changes nothing, or tells little: a slow
/// panel is slow whatever it is asked, and what adds up is seen over a whole sweep.
enum class Bites { anywhere, packages, groups, everything };

struct FaultSample {
  std::string_view name;  // "404 html"; short, one line of a table
  std::string_view fault_class;
  document::Json fail;  // kind and what belongs to it
  Bites bites = Bites::anywhere;
};

/// All of them, in a fixed order; names are unique.
const std::vector<FaultSample>& fault_menu();
/// The classes, in the order of their first sample.
const std::vector<std::string_view>& fault_classes();

}  // namespace vfstock::sim::fuzz
