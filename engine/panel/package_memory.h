// What is remembered of each package's last answer, so that the same bytes are not decoded twice.
//
// A memo of decoding, not of answers: each is fetched anew, only the work on equal bytes is saved.
#pragma once

#include <map>
#include <string_view>

#include "engine/base/digest.h"
#include "engine/panel/decode.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

class PackageMemory {
 public:
  /// Decodes the answer about `id`, or gives the package remembered for the same bytes. `digest`
  /// is the body's.
  Lookup<Package> package(PackageId id, std::string_view body, const Digest& digest,
                          const DecodeRules& rules);

 private:
  struct Seen {
    Digest digest;
    Package package;
  };
  std::map<PackageId, Seen> seen_;
};

}  // namespace vfstock::panel
