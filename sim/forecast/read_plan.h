// Reads plan files: strict JSON that has passed plan.schema.json, and what a schema cannot say.
//
// A what-if is a JSON merge patch (RFC 7386) on the plan, so it is read by the same reader after
// patching. Every refusal is a document::DocumentError with file and JSON pointer.
#pragma once

#include <filesystem>
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
  };
  std::vector<WhatIf> what_ifs;  // its own
};

PlanDocument read_plan_document(const std::filesystem::path& file);
/// A file of its own: {"name": ..., "patch": {...}}.
PlanDocument::WhatIf read_what_if(const std::filesystem::path& file);

/// Patches the plan, whose own demand and running VPSes make way where the patch brings others;
/// when the plan says itself when it begins, that stays. The description tells of both.
void replace_demand(PlanDocument& document, const PlanDocument::WhatIf& learnt);

Plan read_plan(const PlanDocument& document);
/// The plan as the what-if makes it; its name is the what-if's.
Plan read_plan(const PlanDocument& document, const PlanDocument::WhatIf& what_if);

/// The parts, for the readers of other files.
Law read_law(const document::Json& json, const fleet::Place& place);
/// `begins`: when the plan begins, in seconds of the calendar, where it says so.
Stream read_stream(const std::string& name, const document::Json& json, const fleet::Place& place,
                   std::optional<double> begins);
/// Adds the operation's changes to the plan; hypervisors that it adds are in the panel already.
void read_operation(Plan& plan, const std::string& name, const document::Json& json,
                    const fleet::Place& place);
/// The ids that an `add` brings, its own and the copies'.
std::vector<std::int64_t> ids_of_added(const document::Json& add);

/// "90s" as milliseconds.
Time read_time(const document::Json& json, const fleet::Place& place);

}  // namespace vfstock::sim::forecast
