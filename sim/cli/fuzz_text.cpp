#include "sim/cli/fuzz_text.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "sim/fuzz/fault_menu.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

using fuzz::CacheState;
using fuzz::Coverage;
using fuzz::Phase;

/// "package cold", ... of the cells that never saw this fault.
std::vector<std::string> empty_cells(const Coverage::Cells& cells) {
  std::vector<std::string> empty;
  for (std::size_t phase = 0; phase < fuzz::phases; ++phase) {
    for (std::size_t state = 0; state < fuzz::cache_states; ++state) {
      if (cells[phase][state] > 0) continue;
      empty.push_back(fmt::format("{} {}", name(static_cast<Phase>(phase)),
                                  name(static_cast<CacheState>(state))));
    }
  }
  return empty;
}

Coverage::Cells cells_of(const Coverage& coverage, std::string_view fault) {
  const auto found = coverage.faults.find(std::string(fault));
  return found == coverage.faults.end() ? Coverage::Cells{} : found->second;
}

void print_header(std::ostream& out) {
  fmt::print(out, "{:<25}", "fault fired at");
  for (std::size_t phase = 0; phase < fuzz::phases; ++phase) {
    fmt::print(out, "| {:<33}", name(static_cast<Phase>(phase)));
  }
  fmt::print(out, "\n{:<25}", "while it was");
  for (std::size_t phase = 0; phase < fuzz::phases; ++phase) {
    fmt::print(out, "|");
    for (std::size_t state = 0; state < fuzz::cache_states; ++state) {
      const auto text = name(static_cast<CacheState>(state)).substr(0, 7);
      fmt::print(out, " {:>7}", text);
    }
    fmt::print(out, "  ");
  }
  fmt::print(out, "\n");
}

void print_coverage(const Coverage& coverage, std::ostream& out) {
  fmt::print(out, "\n");
  print_header(out);
  std::size_t empty = 0;
  std::size_t all = 0;
  std::string list;
  for (const fuzz::FaultSample& sample : fuzz::fault_menu()) {
    const Coverage::Cells cells = cells_of(coverage, sample.name);
    fmt::print(out, "{:<25}", sample.name);
    for (const auto& row : cells) {
      fmt::print(out, "|");
      for (const std::uint64_t count : row) fmt::print(out, " {:>7}", count);
      fmt::print(out, "  ");
    }
    fmt::print(out, "\n");
    const auto missing = empty_cells(cells);
    empty += missing.size();
    all += fuzz::phases * fuzz::cache_states;
    if (!missing.empty()) list += fmt::format("  {}: {}\n", sample.name, fmt::join(missing, ", "));
  }
  fmt::print(out, "\nEmpty cells: {} of {}\n{}", empty, all, list);
}

std::vector<std::string> unvisited(const Coverage& coverage) {
  std::vector<std::string> paths;
  for (const std::string& path : fuzz::rare_paths()) {
    if (!coverage.probes.contains(path)) paths.push_back(path);
  }
  return paths;
}

}  // namespace

void print_fuzz(const FuzzReport& report, std::ostream& out) {
  const fuzz::CampaignResult& result = report.result;
  print_coverage(result.coverage, out);
  const auto never = unvisited(result.coverage);
  fmt::print(out, "\nRare paths never taken: {} of {}\n", never.size(), fuzz::rare_paths().size());
  for (const std::string& path : never) fmt::print(out, "  {}\n", path);
  if (report.witness) {
    const fuzz::Witness& witness = *report.witness;
    fmt::print(out, "\nFAIL  run {}: {} {} at {}: {}\n", result.hit->run, witness.finding.invariant,
               witness.finding.verdict, witness.finding.at, report::clean(witness.finding.detail));
    fmt::print(out, "      {} steps, shrunk to {} in {} tries\n", result.hit->outcome.steps,
               witness.steps, witness.tried);
    if (!report.witness_file.empty()) {
      fmt::print(out, "      written to {}; replay fails on it\n", report.witness_file);
    }
    fmt::print(out, "      again: {}\n", report.again);
    for (const auto& [invariant, tally] : result.violated) {
      fmt::print(out, "      {} in {} runs, alone in {}, first in run {}\n", invariant, tally.runs,
                 tally.alone, tally.first_run);
    }
  }
  fmt::print(
      out,
      "\n{}: {} timelines, {} steps ({} meant nothing, {} faults met no request), {} requests, "
      "{} violated\n",
      report.title, result.runs, result.steps, result.misfits, result.unmet_faults, result.requests,
      report.witness ? "an invariant is" : "no invariant is");
  if (report.nothing_proved) fmt::print(out, "FAIL  {}\n", *report.nothing_proved);
  fmt::print(out, "fingerprint {}\n", result.fingerprint);
}

nlohmann::ordered_json fuzz_json(const FuzzReport& report) {
  const fuzz::CampaignResult& result = report.result;
  nlohmann::ordered_json json;
  json["format"] = 1;
  json["title"] = report.title;
  json["timelines"] = result.runs;
  json["steps"] = result.steps;
  json["requests"] = result.requests;
  json["unmet_faults"] = result.unmet_faults;
  if (report.nothing_proved) json["nothing_proved"] = *report.nothing_proved;
  json["seconds"] = report.seconds;
  json["fingerprint"] = result.fingerprint;
  json["violated"] = nlohmann::ordered_json::object();
  for (const auto& [invariant, tally] : result.violated) {
    json["violated"][invariant] = {
        {"runs", tally.runs}, {"alone", tally.alone}, {"first_run", tally.first_run}};
  }
  json["rare_paths_never_taken"] = unvisited(result.coverage);
  if (report.witness) {
    const fuzz::Witness& witness = *report.witness;
    json["hit"] = {{"run", result.hit->run},
                   {"invariant", witness.finding.invariant},
                   {"verdict", witness.finding.verdict},
                   {"detail", report::clean(witness.finding.detail)},
                   {"steps", witness.steps},
                   {"file", report.witness_file},
                   {"again", report.again}};
  }
  return json;
}

}  // namespace vfstock::sim::cli
