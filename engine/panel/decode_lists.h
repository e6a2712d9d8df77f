// Body -> a page of the panel's address blocks, the hypervisors bound to one, a page of all
// hypervisors. As strict as decode.h: what is needed and missing makes the answer unreadable, it
// never reads as zero.
//
// Needed of a block: id, type, and of an IPv4 block enabled and /ipv4/freeTotal. Needed of a bound
// hypervisor: id; of one in the list of all: id and maintenance. Pure functions; nothing thrown but
// std::bad_alloc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/capacity/address_blocks.h"
#include "engine/panel/decode.h"
#include "engine/panel/lookup.h"

namespace vfstock::panel {

struct BlockPage {
  Paging paging;
  std::vector<std::int64_t> ids;   // of the blocks of every kind on the page
  capacity::AddressBlocks blocks;  // the enabled IPv4 blocks among them, nobody bound yet
};

struct HypervisorPage {
  Paging paging;
  std::vector<std::int64_t> ids, in_maintenance;
};

/// Found or Unavailable, never Missing, as all of these.
Lookup<BlockPage> decode_block_page(std::string_view body, const DecodeRules& rules);
/// Ids, ascending, each once.
Lookup<std::vector<std::int64_t>> decode_bound_hypervisors(std::string_view body,
                                                           const DecodeRules& rules);
Lookup<HypervisorPage> decode_hypervisor_page(std::string_view body, const DecodeRules& rules);

}  // namespace vfstock::panel
