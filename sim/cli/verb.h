// A verb of the command line: one file each, with its help beside its options.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

struct Verb {
  std::string_view name;
  std::string_view summary;
  std::function<int(const Invocation&)> run;
};

std::span<const Verb> verbs();

int replay_verb(const Invocation& invocation);
int fuzz_verb(const Invocation& invocation);
int explain_verb(const Invocation& invocation);
int panel_verb(const Invocation& invocation);
int check_verb(const Invocation& invocation);
int journal_verb(const Invocation& invocation);
int snapshot_verb(const Invocation& invocation);
int status_verb(const Invocation& invocation);
int sync_verb(const Invocation& invocation);
int hook_verb(const Invocation& invocation);
int serve_verb(const Invocation& invocation);
int forecast_verb(const Invocation& invocation);
int fit_verb(const Invocation& invocation);

}  // namespace vfstock::sim::cli
