// Addresses on their way between blocks and servers.
#include <algorithm>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {
namespace {

bool is_bound(const Hypervisor& hypervisor, std::int64_t block) {
  return std::find(hypervisor.blocks.begin(), hypervisor.blocks.end(), block) !=
         hypervisor.blocks.end();
}

/// Whether nobody holds the address. Ordinals run from 0 to the size of the block.
bool is_free(const Block& block, std::int64_t ordinal) {
  if (ordinal < 0 || ordinal >= block.base_free) return false;
  return ordinal >= block.next_ordinal ||
         std::find(block.returned.begin(), block.returned.end(), ordinal) != block.returned.end();
}

/// Takes one address out of the block that is_free().
void take_out(Block& block, std::int64_t ordinal) {
  ++block.held;
  if (ordinal < block.next_ordinal) {
    std::erase(block.returned, ordinal);
    return;
  }
  // What is skipped can be dealt later, the lowest first.
  for (std::int64_t skipped = ordinal - 1; skipped >= block.next_ordinal; --skipped) {
    block.returned.push_back(skipped);
  }
  block.next_ordinal = ordinal + 1;
}

}  // namespace

Address World::deal(std::int64_t id) {
  Block& block = blocks.at(id);
  ++block.held;
  if (block.returned.empty()) return {id, block.next_ordinal++};
  const std::int64_t ordinal = block.returned.back();
  block.returned.pop_back();
  return {id, ordinal};
}

void World::take_back(const Address& address) {
  const auto block = blocks.find(address.block);
  if (block == blocks.end()) return;
  --block->second.held;
  block->second.returned.push_back(address.ordinal);
}

void World::deal_addresses(Server& server, std::int64_t wanted) {
  for (const std::int64_t id : hypervisors.at(server.hypervisor).blocks) {
    const auto block = blocks.find(id);
    if (block == blocks.end() || !block->second.enabled) continue;
    for (; wanted > 0 && block->second.free() > 0; --wanted) server.addresses.push_back(deal(id));
  }
}

std::vector<Address> World::add_addresses(std::int64_t id, std::int64_t quantity) {
  Server& server = servers.at(id);
  const auto host = hypervisors.find(server.hypervisor);
  if (host == hypervisors.end() || ipv4_free(host->second) < quantity) return {};
  const auto before = static_cast<std::ptrdiff_t>(server.addresses.size());
  deal_addresses(server, quantity);
  touch();
  return {server.addresses.begin() + before, server.addresses.end()};
}

std::string World::take_addresses(std::int64_t id, const std::vector<Address>& wanted) {
  Server& server = servers.at(id);
  const auto host = hypervisors.find(server.hypervisor);
  for (auto address = wanted.begin(); address != wanted.end(); ++address) {
    const auto block = blocks.find(address->block);
    const bool usable = host != hypervisors.end() && block != blocks.end() &&
                        block->second.enabled && is_bound(host->second, address->block);
    if (!usable) return "An address is in no block of the server's hypervisor.";
    const bool twice = std::find(wanted.begin(), address, *address) != address;
    if (twice || !is_free(block->second, address->ordinal)) return "An address is in use.";
  }
  for (const Address& address : wanted) take_out(blocks.at(address.block), address.ordinal);
  server.addresses.insert(server.addresses.end(), wanted.begin(), wanted.end());
  touch();
  return {};
}

std::string World::return_addresses(std::int64_t id, const std::vector<Address>& unwanted) {
  std::vector<Address>& held = servers.at(id).addresses;
  std::vector<Address> kept = held;
  for (const Address& address : unwanted) {
    if (std::erase(kept, address) == 0) return "The server does not hold one of the addresses.";
  }
  for (const Address& address : unwanted) take_back(address);
  held = std::move(kept);
  touch();
  return {};
}

void World::grow(std::int64_t id, std::uint32_t first, std::int64_t count) {
  Block& block = blocks.at(id);
  block.ranges.push_back({block.base_free, first, count});
  block.base_free += count;
  touch();
}

}  // namespace vfstock::mockpanel::model
