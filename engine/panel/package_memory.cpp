#include "engine/panel/package_memory.h"

namespace vfstock::panel {

Lookup<Package> PackageMemory::package(PackageId id, std::string_view body, const Digest& digest,
                                       const DecodeRules& rules) {
  const auto known = seen_.find(id);
  if (known != seen_.end() && known->second.digest == digest) {
    return Lookup<Package>::found(known->second.package);
  }
  return decode_package(body, id, rules).then([&](const Package& decoded) {
    seen_[id] = {digest, decoded};
    return Lookup<Package>::found(decoded);
  });
}

}  // namespace vfstock::panel
