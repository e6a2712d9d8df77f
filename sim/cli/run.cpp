#include <array>
#include <exception>
#include <new>

#include "engine/base/input_file.h"
#include "engine/catalogue/catalogue.h"
#include "engine/live/settings.h"
#include "sim/cli/options.h"
#include "sim/cli/output_file.h"
#include "sim/cli/program.h"
#include "sim/cli/verb.h"
#include "sim/document/document.h"
#include "sim/document/nearest.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

const std::array<Verb, 13> all_verbs{{
    {"replay", "run scenarios against the mock panel and prove the fail-safe", replay_verb},
    {"fuzz", "search timelines for one that breaks an invariant", fuzz_verb},
    {"explain", "why is this qty what it is", explain_verb},
    {"panel", "the mock panel alone, for testing any VirtFusion client", panel_verb},
    {"check", "can panel and shop be used as they must be", check_verb},
    {"journal", "what was decided, when and why", journal_verb},
    {"snapshot", "a live panel and shop as a fleet file", snapshot_verb},
    {"sync", "one sweep of a real shop; --dry-run shows it first", sync_verb},
    {"status", "how the last sweeps went, for people and for monitoring", status_verb},
    {"serve", "the daemon: keeps a shop right all day", serve_verb},
    {"hook", "puts the hook file into a WHMCS folder, or takes it away", hook_verb},
    {"forecast", "months of demand, many times over: what sells out when", forecast_verb},
    {"fit", "a demand model from what the shop has sold, and how good it is", fit_verb},
}};

void print_help(std::ostream& out) {
  out << "vfstock keeps a VPS shop's stock honest.\n\nUsage: vfstock VERB [OPTIONS]\n\n";
  for (const Verb& verb : all_verbs) {
    out << "  " << verb.name << std::string(10 - verb.name.size(), ' ') << verb.summary << "\n";
  }
  out << "\nvfstock VERB --help tells more. Exit status: 0 good, 1 the answer is bad, 2 usage or\n"
         "unreadable input, 3 the outside world failed, 4 held by the brake.\n";
}

int unknown_verb(const Invocation& invocation) {
  std::vector<std::string> known;
  known.reserve(all_verbs.size());
  for (const Verb& verb : all_verbs) known.emplace_back(verb.name);
  const std::string& typed = invocation.arguments.front();
  invocation.err << "vfstock: unknown verb '" << typed << "'"
                 << document::did_you_mean(typed, known) << " (see vfstock --help)\n";
  return Status::usage;
}

int run_verb(const Verb& verb, const Invocation& invocation) {
  Invocation inner = {{invocation.arguments.begin() + 1, invocation.arguments.end()},
                      invocation.environment,
                      invocation.out,
                      invocation.err,
                      invocation.colours,
                      invocation.progress};
  const auto refuse = [&](std::string_view why, Status status) {
    invocation.err << "vfstock " << verb.name << ": " << report::clean(why) << "\n";
    return status;
  };
  try {
    return verb.run(inner);
  } catch (const WriteFailure& error) {
    return refuse(error.what(), Status::outside_failed);
  } catch (const catalogue::StoreError& error) {
    return refuse(error.what(), Status::outside_failed);
  } catch (const UsageError& error) {
    return refuse(error.what(), Status::usage);
  } catch (const document::DocumentError& error) {
    return refuse(error.what(), Status::usage);
  } catch (const live::SettingsError& error) {
    return refuse(error.what(), Status::usage);
  } catch (const InputFileError& error) {
    return refuse(error.what(), Status::usage);
  } catch (const std::bad_alloc&) {
    return refuse("out of memory", Status::usage);
  }
}

}  // namespace

std::span<const Verb> verbs() { return all_verbs; }

int run(const Invocation& invocation) {
  if (invocation.arguments.empty()) {
    print_help(invocation.err);
    return Status::usage;
  }
  const std::string& first = invocation.arguments.front();
  if (first == "--help" || first == "-h" || first == "help") {
    print_help(invocation.out);
    return Status::good;
  }
  if (first == "--version") {
    invocation.out << "vfstock " << VFSTOCK_VERSION << "\n";
    return Status::good;
  }
  for (const Verb& verb : all_verbs) {
    if (verb.name == first) return run_verb(verb, invocation);
  }
  return unknown_verb(invocation);
}

}  // namespace vfstock::sim::cli
