// What is remembered of each package's last answer, so that the same bytes are not decoded twice.
//
// This is no cache: every answer is fetched anew, only the work on equal bytes is saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

#include "engine/panel/decode.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

class PackageMemory {
 public:
  /// Decodes the answer about `id`, or gives the package remembered for the same bytes. `print` is
  /// the body's digest().
  Lookup<Package> package(PackageId id, std::string_view body, std::uint64_t print,
                          const DecodeRules& rules);

 private:
  struct Seen {
    std::uint64_t digest = 0;
    std::size_t size = 0;
    Package package;
  };
  std::map<PackageId, Seen> seen_;
};

}  // namespace vfstock::panel
