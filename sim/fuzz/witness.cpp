#include "sim/fuzz/witness.h"

#include <optional>
#include <utility>

#include "sim/document/schemas.h"
#include "sim/fuzz/shrink.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

/// The finding, and the document without the steps that meant nothing.
std::optional<Json> violating(const Json& document, const std::string& invariant,
                              scenario::TransportKind transport) {
  try {
    document::published_schemas().check("scenario.schema.json", document, "candidate");
    const Outcome outcome = run_trial(document, transport);
    if (outcome.of(invariant) == nullptr) return std::nullopt;
    if (outcome.misfits.empty()) return document;
    Json tidied = without_steps(document, outcome.misfits);
    if (tidied["timeline"].empty()) return std::nullopt;
    const Outcome again = run_trial(tidied, transport);
    if (again.of(invariant) == nullptr || !again.misfits.empty()) return std::nullopt;
    return tidied;
  } catch (const document::DocumentError&) {
    return std::nullopt;
  }
}

}  // namespace

Witness make_witness(const Json& document, const std::string& invariant,
                     scenario::TransportKind transport, const std::string& story) {
  const StillFails still_fails = [&](const Json& candidate) {
    return violating(candidate, invariant, transport);
  };
  Shrunk shrunk = shrink(still_fails(document).value_or(document), still_fails);
  Witness witness;
  witness.tried = shrunk.tried;
  witness.scenario = std::move(shrunk.document);
  const Outcome outcome = run_trial(witness.scenario, transport);
  if (const Finding* const finding = outcome.of(invariant)) witness.finding = *finding;
  witness.steps = static_cast<std::int64_t>(witness.scenario["timeline"].size());
  witness.scenario["name"] = "A witness: " + invariant;
  witness.scenario["description"] =
      story + ", shrunk. Violates " + invariant + ": " + witness.finding.detail;
  return witness;
}

std::string witness_text(const Json& scenario) {
  std::string text = "{\n";
  const char* separator = "";
  for (const auto& [key, value] : scenario.items()) {
    text += separator;
    text += "  " + Json(key).dump() + ": ";
    separator = ",\n";
    if (key != "timeline") {
      text += value.dump();
      continue;
    }
    text += "[";
    const char* between = "\n";
    for (const Json& step : value) {
      text += between + ("    " + step.dump());
      between = ",\n";
    }
    text += "\n  ]";
  }
  return text + "\n}\n";
}

}  // namespace vfstock::sim::fuzz
