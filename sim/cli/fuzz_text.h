// What a fuzz campaign tells: a summary with the coverage table for people, JSON for programs.
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

#include "sim/fuzz/campaign.h"
#include "sim/fuzz/witness.h"

namespace vfstock::sim::cli {

struct FuzzReport {
  std::string title;  // "seed 1, runs 0 to 999, 50 steps each"
  fuzz::CampaignResult result;
  std::optional<fuzz::Witness> witness;
  std::string witness_file;  // where it was written; empty: nowhere
  std::string again;         // the command that runs the violating timeline once more
  double seconds = 0;        // real time
  /// Why the search says nothing although it found nothing; nullopt: it does.
  std::optional<std::string> nothing_proved;
};

void print_fuzz(const FuzzReport& report, std::ostream& out);
nlohmann::ordered_json fuzz_json(const FuzzReport& report);

}  // namespace vfstock::sim::cli
