// What a replay found, as plain data for every kind of report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vfstock::sim::report {

struct ViolationLine {
  std::string at;         // virtual time, e.g. "3h"
  std::string invariant;  // "keep-on-unavailable", ...
  std::string verdict;    // "violated" or "unknown"
  std::string detail;
};

struct ProductLine {
  std::int64_t id = 0;
  std::optional<std::int64_t> qty;  // at the end; nullopt when the row is gone
  std::int64_t writes = 0;
};

struct ScenarioResult {
  std::string name, file;
  bool passed = false;
  std::int64_t events = 0;  // steps of the timeline
  std::vector<ViolationLine> violations;
  std::vector<ProductLine> products;
  std::int64_t panel_requests = 0;   // of the engine
  std::int64_t oversold_places = 0;  // promised by writes beyond what the panel could take
  std::string fingerprint;
  std::vector<std::string> transcript;  // lines with virtual times
};

}  // namespace vfstock::sim::report
