// Reads plan files: strict JSON that has passed plan.schema.json, and what a schema cannot say.
//
// A what-if is a JSON merge patch (RFC 7386) on the plan, so it is read by the same reader after
// patching. Every refusal is a document::DocumentError with file and JSON pointer.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"
#include "sim/forecast/plan.h"

namespace vfstock::sim::forecast {

/// A plan file before it is read as a plan.
struct PlanDocument {
  std::filesystem::path file;
  document::Json json;  // without its what-ifs
  struct WhatIf {
    std::string name;
    document::Json patch;
    std::string description = {};
    std::optional<Moment> begins = std::nullopt;  // of a demand fragment: its profiles' first hour
  };
  std::vector<WhatIf> what_ifs;  // its own
  /// The names of streams and running VPSes that come from a demand fragment. Those of products or
  /// groups that the plan does not have are left out and told, not refused: history may know more
  /// products than the shop sells today.
  std::set<std::string> learnt = {};
};

PlanDocument read_plan_document(const std::filesystem::path& file);
/// A file of its own: {"name": ..., "patch": {...}}; a demand fragment also has "begins", the
/// moment of its profiles' first hour.
PlanDocument::WhatIf read_what_if(const std::filesystem::path& file);

/// Patches the plan, whose own demand and running VPSes make way where the patch brings others. The
/// description tells of both. A plan without a calendar takes the fragment's.
void replace_demand(PlanDocument& document, const PlanDocument::WhatIf& learnt);

Plan read_plan(const PlanDocument& document);
/// The plan as the what-if makes it; its name is the what-if's.
Plan read_plan(const PlanDocument& document, const PlanDocument::WhatIf& what_if);

/// The parts, for the readers of other files.
Law read_law(const document::Json& json, const fleet::Place& place);
Stream read_stream(const std::string& name, const document::Json& json, const fleet::Place& place);
/// Adds the operation's changes to the plan; hypervisors that it adds are in the panel already.
void read_operation(Plan& plan, const std::string& name, const document::Json& json,
                    const fleet::Place& place);
/// The ids that an `add` brings, its own and the copies'.
std::vector<std::int64_t> ids_of_added(const document::Json& add);

/// An expectation, or each of a list.
void read_expectations(Plan& plan, const document::Json& json, const fleet::Place& place);
/// Adds to the plan's notes what lies after its horizon and can change nothing.
void note_what_comes_too_late(Plan& plan);

/// "90s" as milliseconds.
Time read_time(const document::Json& json, const fleet::Place& place);

}  // namespace vfstock::sim::forecast
