// After any history of creates, deletions and passing time, what the API shows equals a recount
// from the servers that it lists, and no quota and no block is exceeded.
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr std::int64_t memory_max = 6000, cores_max = 12, servers_max = 6, local_max = 90,
                       other_max = 60, block_size = 5;

/// Three hypervisors with tight quotas; 1 and 2 share block 1, all of them share block 2.
model::World tight_world() {
  model::World world;
  world.groups[1].id = 1;
  world.packages[1].id = 1;
  for (const std::int64_t id : {1, 2}) {
    world.blocks[id].id = id;
    world.blocks[id].base_free = block_size;
  }
  for (const std::int64_t id : {1, 2, 3}) {
    model::Hypervisor& hypervisor = world.hypervisors[id];
    hypervisor.id = id;
    hypervisor.group = 1;
    hypervisor.servers.max = servers_max;
    hypervisor.memory_mb = {memory_max, 100 * id, 0};
    hypervisor.cores.max = cores_max;
    hypervisor.local = model::Pool{};
    hypervisor.local->gigabytes.max = local_max;
    hypervisor.others.resize(1);
    hypervisor.others[0].id = 10 + id;
    hypervisor.others[0].storage_type = 2;
    hypervisor.others[0].gigabytes.max = other_max;
    hypervisor.blocks = id == 3 ? std::vector<std::int64_t>{2} : std::vector<std::int64_t>{1, 2};
  }
  return world;
}

void maybe_override(Json& body, const char* name, std::int64_t least, std::int64_t most) {
  if (*rc::gen::arbitrary<bool>()) body[name] = *rc::gen::inRange(least, most + 1);
}

Json any_request() {
  Json body{{"packageId", 1}, {"userId", 1}, {"hypervisorId", 1}};
  maybe_override(body, "ipv4", 0, 3);
  maybe_override(body, "memory", 64, 3000);
  maybe_override(body, "cpuCores", 1, 5);
  maybe_override(body, "storage", 1, 50);
  if (*rc::gen::arbitrary<bool>()) body["storageProfile"] = 2;
  if (*rc::gen::arbitrary<bool>()) {
    body["additionalStorage1Enable"] = true;
    body["additionalStorage1Capacity"] = *rc::gen::inRange(1, 30);
  }
  return body;
}

void step(Api& api, model::Time& now) {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
    case 1: {
      const Response made = ask(api, "POST", "/servers", any_request().dump(), now);
      RC_ASSERT(made.status == 201 || made.status == 422);
      break;
    }
    case 2: {
      const std::int64_t id = *rc::gen::inRange<std::int64_t>(1, 20);
      const std::int64_t delay = *rc::gen::inRange<std::int64_t>(0, 9);
      ask(api, "DELETE", "/servers/" + std::to_string(id) + "?delay=" + std::to_string(delay), "",
          now);
      break;
    }
    default:
      now += std::chrono::minutes(*rc::gen::inRange(0, 5));
  }
}

/// What the listed servers hold on one hypervisor.
struct Held {
  std::int64_t servers = 0, memory = 0, cores = 0, local = 0, other = 0;
};

struct Recount {
  std::map<std::int64_t, Held> hypervisors;
  std::map<std::int64_t, std::int64_t> blocks;  // addresses in use
  std::set<std::string> addresses;
  std::size_t dealt = 0;
};

Recount recount(const Json& servers) {
  Recount found;
  for (const Json& server : servers) {
    Held& held = found.hypervisors[server["hypervisorId"]];
    const Json& resources = server["settings"]["resources"];
    ++held.servers;
    held.memory += resources["memory"].get<std::int64_t>();
    held.cores += resources["cpuCores"].get<std::int64_t>();
    for (const Json& disk : server["storage"]) {
      (disk["hypervisorStorageId"].is_null() ? held.local : held.other) +=
          disk["capacity"].get<std::int64_t>();
    }
    for (const Json& address : server["network"]["interfaces"][0]["ipv4"]) {
      ++found.blocks[address["blockId"]];
      found.addresses.insert(address["address"]);
      ++found.dealt;
    }
  }
  return found;
}

void check(const Json& figures, std::int64_t allocated) {
  RC_ASSERT(figures["allocated"] == allocated);
  RC_ASSERT(figures["free"] == figures["max"].get<std::int64_t>() - allocated);
  RC_ASSERT(allocated <= figures["max"]);
}

void check_hypervisor(const Json& entry, Recount& truth) {
  const std::int64_t id = entry["hypervisor"]["id"];
  const Json& resources = entry["resources"];
  const Held& held = truth.hypervisors[id];
  check(resources["servers"], held.servers);
  check(resources["memory"], held.memory + 100 * id);
  check(resources["cpuCores"], held.cores);
  check(resources["localStorage"], held.local);
  check(resources["otherStorage"][0], held.other);
  const std::int64_t free =
      (id == 3 ? 0 : block_size - truth.blocks[1]) + block_size - truth.blocks[2];
  RC_ASSERT(resources["network"]["total"]["ipv4"]["free"] == free);
}

RC_GTEST_PROP(Figures, EqualARecountFromTheServersAfterAnyHistory, ()) {
  model::World world = tight_world();
  world.placement = *rc::gen::element(model::Placement::first_fit, model::Placement::most_free,
                                      model::Placement::fewest_servers);
  Api api(world, {});
  model::Time now{};
  const int steps = *rc::gen::inRange(1, 25);
  for (int i = 0; i < steps; ++i) step(api, now);

  const auto ask_now = [&](const char* path) {
    return Json::parse(ask(api, "GET", path, "", now).body)["data"];
  };
  Recount truth = recount(ask_now("/servers?type=full&results=200"));
  RC_ASSERT(truth.addresses.size() == truth.dealt);
  for (const auto& [block, used] : truth.blocks) RC_ASSERT(used <= block_size);
  for (const Json& entry : ask_now("/compute/hypervisors/groups/1/resources")) {
    check_hypervisor(entry, truth);
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::api
