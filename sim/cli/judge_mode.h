// vfstock panel --judge: somebody else's client against a scenario.
#pragma once

#include <optional>
#include <string>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

struct JudgeMode {
  std::string scenario;               // file
  std::string command;                // for /bin/sh
  std::optional<std::string> preset;  // whose rules hold instead of the scenario's own
  bool exact = false;                 // the count is judged, whether or not a policy is stated
  double speed = 1;                   // how many times shorter the panel's delays are
  std::optional<std::string> junit;
  bool github = false, json = false;
};

/// Runs the client at every moment of the scenario and prints what was found. Status: good, or
/// bad_answer where an invariant is violated or could not be judged. Throws UsageError, also where
/// the command cannot be run at the first moment, and document::DocumentError.
///
/// The client runs under /bin/sh and is given PATH, HOME and LANG of ours, and nothing else but
///   VFSTOCK_PANEL_URL, VFSTOCK_PANEL_TOKEN  where the panel is
///   VFSTOCK_TRIGGER, VFSTOCK_PRODUCT        why it runs, and the product that is about, if any
///   VFSTOCK_NOW                             the scenario's calendar, 2026-01-01T03:00:00+00:00
///   VFSTOCK_QTY                             what the shop shows, {"1": 31}
///   VFSTOCK_SHOP                            a fleet file with the shop's tables
///   VFSTOCK_POLICY                          how the scenario counts, {"storage_match": ...}
///   VFSTOCK_FOLDER                          a folder of its own that stays from moment to moment
/// It prints one JSON object {"1": 24}: the qty that each product shall have. A product that is
/// absent or null stays. A client that fails (its exit status is not 0) keeps everything.
int judge_client(const JudgeMode& mode, const Invocation& invocation);

}  // namespace vfstock::sim::cli
