// The panel's bodies against the decoder: whatever the bytes are, they are read or refused.
//
// A figure that is read lies within what a double holds exactly, and reading the same bytes again
// gives the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/panel/decode.h"

namespace {

using namespace vfstock;

constexpr std::int64_t figure_max = std::int64_t{1} << 53;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const capacity::Quota& quota) {
  require(quota.max >= 0 && quota.max <= figure_max);
  require(quota.free <= figure_max && quota.free >= -figure_max);
}

void read_group(std::string_view body, const panel::DecodeRules& rules) {
  const auto page = panel::decode_group_page(body, rules);
  require(!page.is_missing());
  const panel::GroupPage* const found = page.if_found();
  if (found == nullptr) {
    require(!page.if_unavailable()->detail.empty());
    return;
  }
  for (const capacity::Hypervisor& hypervisor : found->hypervisors) {
    if (!hypervisor.eligible()) continue;
    check(hypervisor.memory_mb);
    check(hypervisor.cores);
    for (const capacity::StoragePool& pool : hypervisor.other_storage) check(pool.gigabytes);
  }
  const auto again = panel::decode_group_page(body, rules);
  require(again.if_found() != nullptr);
  require(again.if_found()->hypervisors.size() == found->hypervisors.size());
}

void read_package(std::string_view body, const panel::DecodeRules& rules) {
  const auto package = panel::decode_package(body, panel::PackageId{1}, rules);
  require(!package.is_missing());
  if (const panel::Package* const found = package.if_found()) {
    require(found->id == panel::PackageId{1});
    require(found->memory_mb <= figure_max && found->memory_mb >= -figure_max);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  for (const bool servers_needed : {false, true}) {
    const panel::DecodeRules rules{64, servers_needed, true};
    read_group(body, rules);
    read_package(body, rules);
  }
  return 0;
}
