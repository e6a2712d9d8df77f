// What the runs have met: fault × phase × cache state, and paths that are rarely taken.
//
// Read off the trace alone, as an onlooker; nothing in the engine knows of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/invariants/trace.h"

namespace vfstock::sim::fuzz {

/// What was being asked for when a fault fired.
enum class Phase { package, first_page, later_page, probe };
inline constexpr std::size_t phases = 4;
std::string_view name(Phase phase) noexcept;

/// What was known of it then.
enum class CacheState { cold, expired, forgotten, failed };
inline constexpr std::size_t cache_states = 4;
std::string_view name(CacheState state) noexcept;

struct Coverage {
  using Cells = std::array<std::array<std::uint64_t, cache_states>, phases>;
  std::map<std::string, Cells> faults;          // kind of fault -> how often it fired where
  std::map<std::string, std::uint64_t> probes;  // rare path -> visits

  void add(const Coverage& other);
};

/// Watches one run. The table lists a fault by its id up to " #".
class CoverageWatch {
 public:
  explicit CoverageWatch(Coverage& coverage) : coverage_(coverage) {}
  void watch(const invariants::Record& record);

 private:
  struct Memory {
    bool known = false, forgotten = false, failed = false;
  };
  void note(const invariants::Exchanged& exchange);
  void visit(std::string_view path) { ++coverage_.probes[std::string(path)]; }

  Coverage& coverage_;
  invariants::Time began_{};
  std::map<std::string, Memory> memory_;  // path and page -> what is known of it
};

/// All paths that are looked out for, in the order in which they are listed.
const std::vector<std::string>& rare_paths();

}  // namespace vfstock::sim::fuzz
