#include "mockpanel/model/world.h"

#include <algorithm>

#include "mockpanel/model/datastore.h"
#include "mockpanel/model/placement.h"
#include "mockpanel/model/uuid.h"

namespace vfstock::mockpanel::model {
namespace {

Pool* find_pool(Hypervisor& hypervisor, std::int64_t id) {
  if (id == 0) return hypervisor.local ? &*hypervisor.local : nullptr;
  const auto found = std::find_if(hypervisor.others.begin(), hypervisor.others.end(),
                                  [&](const Pool& pool) { return pool.id == id; });
  return found == hypervisor.others.end() ? nullptr : &*found;
}

/// The server as asked for, not placed yet: what the request states wins over the package.
Server draft(const Package& package, const CreateRequest& request, const std::string& wall) {
  Server server;
  server.package = package.id;
  server.owner = request.owner;
  server.memory_mb = request.memory_mb.value_or(package.memory_mb);
  server.cores = request.cores.value_or(package.cores);
  server.storage_gb = request.storage_gb.value_or(package.storage_gb);
  server.additional_gb = request.additional_gb + package.additional_gb();
  server.traffic_gb = request.traffic_gb.value_or(package.traffic_gb);
  server.storage_profile = request.storage_profile.value_or(package.storage_profile);
  server.network_speed_in = request.network_speed_in.value_or(package.network_speed_in);
  server.network_speed_out = request.network_speed_out.value_or(package.network_speed_out);
  server.limits = {package.read_bytes_sec, package.write_bytes_sec, package.read_iops_sec,
                   package.write_iops_sec};
  server.backup_plan = package.backup_plan;
  server.created = wall;
  return server;
}

Footprint footprint(const Server& server, std::int64_t ipv4) {
  return {server.memory_mb, server.cores, server.storage_gb, server.storage_profile, ipv4};
}

/// Whether the server's disk, in the pool where it lies, and the rest of it fit on its hypervisor.
bool fits_in_place(const World& world, Hypervisor& hypervisor, const Server& server) {
  const Pool* const pool = find_pool(hypervisor, server.pool);
  return hypervisor.memory_mb.takes(server.memory_mb) && hypervisor.cores.takes(server.cores) &&
         (pool == nullptr || gigabytes_of(world, hypervisor, *pool).takes(server.storage_gb));
}

std::string unusable(const std::string& what, std::int64_t id) {
  return what + " " + std::to_string(id) + " does not exist or is disabled";
}

}  // namespace

CreateResult World::create(const CreateRequest& request, bool dry_run, const std::string& wall) {
  const auto package = packages.find(request.package);
  if (package == packages.end() || !package->second.enabled) {
    return {std::nullopt, unusable("Package", request.package)};
  }
  if (!users.contains(request.owner)) return {std::nullopt, "The selected userId is invalid."};
  const auto group = groups.find(request.group);
  if (group == groups.end() || !group->second.enabled) {
    return {std::nullopt, unusable("Hypervisor group", request.group)};
  }
  Server server = draft(package->second, request, wall);
  const std::int64_t ipv4 = request.ipv4.value_or(1);
  const Footprint need = footprint(server, ipv4);
  const Hypervisor* chosen = choose(*this, request.group, need, server.additional_gb);
  if (chosen == nullptr) {
    return {std::nullopt, refusal(*this, request.group, need, server.additional_gb)};
  }
  server.hypervisor = chosen->id;
  server.pool = disk_pool(*this, *chosen, need, server.additional_gb)->id;
  if (dry_run) return {std::move(server), {}};

  while (servers.contains(next_server_)) ++next_server_;
  server.id = next_server_++;
  server.uuid = uuid_of(server.id);
  count(server, 1);
  deal_addresses(server, chosen->reports_ipv4 ? ipv4 : 0);
  touch();
  return {servers.emplace(server.id, server).first->second, {}};
}

std::string World::resize(std::int64_t id, const Resize& wanted) {
  Server& server = servers.at(id);
  const Server before = server;
  count(server, -1);
  server.memory_mb = wanted.memory_mb.value_or(server.memory_mb);
  server.cores = wanted.cores.value_or(server.cores);
  server.storage_gb = wanted.storage_gb.value_or(server.storage_gb);
  const auto host = hypervisors.find(server.hypervisor);
  const bool fits = host == hypervisors.end() || fits_in_place(*this, host->second, server);
  if (!fits) server = before;
  count(server, 1);
  if (!fits) return "The server's hypervisor has not enough resources for this package.";
  touch();
  return {};
}

const QueueEntry& World::enqueue(std::int64_t server, std::string action, const std::string& wall) {
  constexpr std::size_t entries_max = 1000;
  const std::int64_t id = queue.empty() ? 1 : queue.rbegin()->first + 1;
  if (queue.size() >= entries_max) queue.erase(queue.begin());
  touch();
  const auto found = servers.find(server);
  const std::int64_t hypervisor = found == servers.end() ? 0 : found->second.hypervisor;
  return queue[id] = {id, server, hypervisor, std::move(action), wall};
}

bool World::remove(std::int64_t server, std::chrono::minutes delay, Time now) {
  const auto found = servers.find(server);
  if (found == servers.end()) return false;
  if (delay <= delay.zero()) {
    erase(server);
    return true;
  }
  const Time due = now + delay;
  if (found->second.delete_at && *found->second.delete_at <= due) return true;
  found->second.delete_at = due;
  deletions_.emplace(due, server);
  touch();
  return true;
}

void World::advance(Time now) {
  while (!deletions_.empty() && deletions_.begin()->first <= now) {
    const auto [due, id] = *deletions_.begin();
    deletions_.erase(deletions_.begin());
    // An entry outlives its server when an earlier deletion or an editor of the maps was faster.
    const auto found = servers.find(id);
    if (found != servers.end() && found->second.delete_at == due) erase(id);
  }
}

std::vector<const Hypervisor*> World::members(std::int64_t group) const {
  std::vector<const Hypervisor*> found;
  for (const auto& [id, hypervisor] : hypervisors) {
    if (hypervisor.group == group) found.push_back(&hypervisor);
  }
  return found;
}

std::int64_t World::ipv4_free(const Hypervisor& hypervisor) const {
  std::int64_t free = 0;
  for (const std::int64_t id : hypervisor.blocks) {
    const auto block = blocks.find(id);
    if (block == blocks.end() || !block->second.enabled) continue;
    free += std::max<std::int64_t>(0, block->second.free());
  }
  return free;
}

const Pool* World::pool_for(const Hypervisor& hypervisor, std::int64_t profile,
                            std::int64_t gb) const {
  Footprint need;
  need.storage_gb = gb;
  need.storage_profile = profile;
  return disk_pool(*this, hypervisor, need, 0);
}

void World::adopt(Server server) {
  for (Address& address : server.addresses) {
    if (blocks.contains(address.block)) address = deal(address.block);
  }
  make_up_owner(server.owner);
  if (server.uuid.empty()) server.uuid = uuid_of(server.id);
  server.built = true;
  count(server, 1);
  if (server.delete_at) deletions_.emplace(*server.delete_at, server.id);
  next_server_ = std::max(next_server_, server.id + 1);
  touch();
  servers.emplace(server.id, std::move(server));
}

void World::restore(Hypervisor hypervisor) {
  hypervisor.servers.held = hypervisor.memory_mb.held = hypervisor.cores.held = 0;
  if (hypervisor.local) hypervisor.local->gigabytes.held = 0;
  for (Pool& pool : hypervisor.others) pool.gigabytes.held = 0;
  const std::int64_t id = hypervisor.id;
  if (!hypervisors.emplace(id, std::move(hypervisor)).second) return;
  for (const auto& [number, server] : servers) {
    if (server.hypervisor == id) count(server, 1);
  }
  touch();
}

void World::restore(Server server) {
  const std::vector<Address> addresses = std::exchange(server.addresses, {});
  const std::int64_t id = server.id;
  if (servers.contains(id)) return;
  count(server, 1);
  if (server.delete_at) deletions_.emplace(*server.delete_at, id);
  servers.emplace(id, std::move(server));
  for (const Address& address : addresses) take_addresses(id, {address});
  touch();
}

void World::make_up_owner(std::int64_t id) {
  if (users.contains(id)) return;
  User user;
  user.id = id;
  user.name = "User " + std::to_string(id);
  user.email = "user" + std::to_string(id) + "@shop.example";
  users.emplace(id, std::move(user));
}

void World::count(const Server& server, std::int64_t sign) {
  const auto found = hypervisors.find(server.hypervisor);
  if (found == hypervisors.end()) return;
  Hypervisor& hypervisor = found->second;
  hypervisor.servers.held += sign;
  hypervisor.memory_mb.held += sign * server.memory_mb;
  hypervisor.cores.held += sign * server.cores;
  if (Pool* pool = find_pool(hypervisor, server.pool)) {
    pool->gigabytes.held += sign * server.storage_gb;
  }
  if (hypervisor.local) hypervisor.local->gigabytes.held += sign * server.additional_gb;
}

void World::erase(std::int64_t server) {
  const auto found = servers.find(server);
  count(found->second, -1);
  for (const Address& address : found->second.addresses) take_back(address);
  servers.erase(found);
  touch();
}

}  // namespace vfstock::mockpanel::model
