// Reads the panel part of fleet and scenario files into the mock panel's model.
//
// Hypervisors are written exactly as the panel's own group resources answer, so that a captured
// answer can be pasted in. Documents have passed their schema before they come here; what a schema
// cannot say (ids that name nothing, figures that contradict each other) is refused with a JSON
// pointer.
#pragma once

#include <string>

#include "mockpanel/model/world.h"
#include "sim/document/document.h"

namespace vfstock::sim::fleet {

/// Where a piece of JSON stands, for error messages.
struct Place {
  std::string file;
  std::string pointer;
  Place at(const std::string& key) const { return {file, pointer + "/" + key}; }
  Place at(std::size_t index) const { return at(std::to_string(index)); }
};

/// Throws document::DocumentError "FILE: /pointer: message".
[[noreturn]] void refuse(const Place& place, const std::string& message);

/// The whole `panel` object. What is allocated beyond the listed servers becomes base load; without
/// ipv4Blocks, nested ones are made that reproduce every hypervisor's figure.
mockpanel::model::World read_panel(const document::Json& panel, const Place& place);

/// Sets only the fields that `json` names.
void update_package(mockpanel::model::Package& package, const document::Json& json);
void update_hypervisor(mockpanel::model::Hypervisor& hypervisor, const document::Json& json,
                       const Place& place);

}  // namespace vfstock::sim::fleet
