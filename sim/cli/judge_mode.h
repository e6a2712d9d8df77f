// vfstock panel --judge: somebody else's client against a scenario.
#pragma once

#include <optional>
#include <string>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

struct JudgeMode {
  std::string scenario;  // file
  std::string command;   // for /bin/sh
  std::optional<std::string> junit;
  bool github = false, json = false;
};

/// Runs the client at every moment of the scenario and prints what was found. Status: good, or
/// bad_answer where an invariant is violated. Throws UsageError and document::DocumentError.
///
/// The client runs under /bin/sh with VFSTOCK_PANEL_URL, VFSTOCK_PANEL_TOKEN, VFSTOCK_TRIGGER and
/// VFSTOCK_QTY (what the shop shows, {"1": 31}), and prints one JSON object {"1": 24}: the qty that
/// each product shall have. A product that is absent or null stays. A client that fails (its exit
/// status is not 0) keeps everything.
int judge_client(const JudgeMode& mode, const Invocation& invocation);

}  // namespace vfstock::sim::cli
