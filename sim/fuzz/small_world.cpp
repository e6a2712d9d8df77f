#include "sim/fuzz/small_world.h"

#include <array>
#include <string>

namespace vfstock::sim::fuzz {
namespace {

using document::Json;
using Amounts = std::array<std::int64_t, 4>;

Json quota(Dice& dice, const Amounts& sizes) {
  const std::int64_t max = dice.chance(8) ? 0 : dice.pick(sizes);
  // More allocated than there is happens when an operator shrinks a quota.
  const std::int64_t allocated = dice.chance(40) ? 0 : dice.below(max + max / 8 + 1);
  return {{"max", max}, {"allocated", allocated}};
}

Json pool(Dice& dice, std::int64_t id) {
  Json json = quota(dice, {50, 100, 200, 400});
  if (id > 0) {
    json["id"] = id;
    // Of one name and type it is one pool with those of other hypervisors.
    if (dice.chance(40)) json.update({{"name", "rbd"}, {"isDatastore", true}});
  }
  json["enabled"] = dice.chance(88) ? 1 : 0;
  json["storageType"] = dice.below(3);
  return json;
}

Json hypervisor(Dice& dice, std::int64_t id, bool reports_addresses) {
  Json json{{"hypervisor", {{"id", id}}}, {"resources", some_resources(dice)}};
  if (dice.chance(8)) json["hypervisor"]["enabled"] = false;
  if (dice.chance(8)) json["hypervisor"]["prohibit"] = true;
  if (dice.chance(8)) json["hypervisor"]["commissioned"] = false;
  if (reports_addresses && dice.chance(90)) {
    json["resources"]["network"]["total"]["ipv4"]["free"] = dice.below(12);
  }
  return json;
}

Json package(Dice& dice, std::int64_t id) {
  Json json{{"id", id},
            {"memory", dice.pick(Amounts{512, 1024, 2048, 4096})},
            {"cpuCores", dice.between(1, 4)},
            {"primaryStorage", dice.pick(Amounts{5, 10, 20, 40})},
            {"primaryStorageProfile", dice.chance(60) ? 0 : dice.below(4)}};
  if (dice.chance(6)) json["enabled"] = false;
  return json;
}

/// The group's id as somebody typed it.
std::string typed(Dice& dice, std::int64_t id) {
  std::string digits = std::to_string(id);
  if (dice.chance(80)) return digits;
  return dice.chance(50) ? digits + "|Somewhere" : " " + digits;
}

Json product(Dice& dice, const SmallWorld& world, std::int64_t id) {
  Json json{{"id", id},
            {"configoption1", dice.chance(94) ? typed(dice, dice.pick(world.groups)) : ""},
            {"configoption2", dice.chance(96) ? typed(dice, dice.pick(world.packages)) : ""},
            {"configoption3", some_addresses(dice)},
            {"configoption7", some_buffer(dice)},
            {"qty", dice.chance(70) ? dice.below(9) : dice.between(-2, 60)}};
  if (dice.chance(7)) json["stockcontrol"] = 0;
  if (dice.chance(5)) json["servertype"] = "cpanel";
  if (dice.chance(3)) json["servergroup"] = 1;
  return json;
}

/// One of many: in stock, with nothing odd about it, and most hang on one package.
Json ordinary_product(Dice& dice, const SmallWorld& world, std::int64_t id) {
  const std::int64_t package = dice.chance(70) ? world.packages.front() : dice.pick(world.packages);
  return {{"id", id},
          {"configoption1", std::to_string(dice.pick(world.groups))},
          {"configoption2", std::to_string(package)},
          {"configoption3", some_addresses(dice)},
          {"configoption7", some_buffer(dice)},
          {"qty", dice.between(1, 9)}};
}

Json shop(Dice& dice, SmallWorld& world) {
  Json json;
  json["products"] = Json::array();
  // A brake that looks at the shop as a whole needs a shop.
  const bool is_large = dice.chance(4);
  const std::int64_t count = is_large ? 12 : dice.pick(std::array<std::int64_t, 4>{1, 2, 3, 3});
  for (std::int64_t id = 1; id <= count; ++id) {
    world.products.push_back(id);
    json["products"].push_back(is_large ? ordinary_product(dice, world, id)
                                        : product(dice, world, id));
    if (world.groups.size() < 2 || !dice.chance(50)) continue;
    world.sold_everywhere.insert(id);
    Json values = Json::array();
    for (const std::int64_t group : world.groups) values.push_back(typed(dice, group));
    json["options"].push_back({{"product", id}, {"option", "Location"}, {"values", values}});
  }
  if (dice.chance(5)) {
    json["serverGroups"] = {{{"id", 1}, {"hosts", {"panel.example", "other.example"}}}};
  }
  return json;
}

Json panel(Dice& dice, SmallWorld& world) {
  Json json{{"packages", Json::array()}, {"groups", Json::array()}};
  const std::int64_t packages = dice.between(1, 3);
  for (std::int64_t id = 1; id <= packages; ++id) {
    world.packages.push_back(id);
    json["packages"].push_back(package(dice, id));
  }
  const std::int64_t groups = dice.chance(65) ? 2 : 1;
  for (std::int64_t id = 1; id <= groups; ++id) {
    world.groups.push_back(id);
    json["groups"].push_back({{"id", id}, {"hypervisors", Json::array()}});
  }
  const bool reports_addresses = dice.chance(70);
  // Three most often, so that many a group has a second page.
  const std::int64_t hypervisors = dice.pick(std::array<std::int64_t, 4>{1, 2, 3, 3});
  for (std::int64_t id = 1; id <= hypervisors; ++id) {
    world.hypervisors.push_back(id);
    const auto group = static_cast<std::size_t>(dice.below(groups));
    json["groups"][group]["hypervisors"].push_back(hypervisor(dice, id, reports_addresses));
  }
  if (dice.chance(70)) json["resultsMax"] = dice.between(1, 2);
  return json;
}

Json policy(Dice& dice) {
  Json json = Json::object();
  const auto sometimes = [&](const char* key, const Json& value) {
    if (dice.chance(6)) json[key] = value;
  };
  // What a policy gives up on purpose is no finding: an unconfirmed 404, or pools by another name
  // than the panel's under a preset that promises never to oversell.
  if (dice.chance(20)) {
    json["preset"] = "strict";
  } else {
    sometimes("storage_match", "storage-type-other");
    sometimes("storage_match", "pool-id");
    sometimes("ipv4_cap", "nested");
    sometimes("ipv4_cap", "group-nested");
    sometimes("ipv4_cap", "group-max");
    sometimes("server_slots", "ignore");
    sometimes("shared_storage", "none");
  }
  sometimes("ipv4_zero", "none");
  sometimes("qty_ceiling", dice.between(1, 6));
  sometimes("forget", "default-group");
  if (dice.chance(40)) json["accept_when"] = "first-provisioned";
  sometimes("reserve_pending", true);
  sometimes("retry_unavailable", false);
  sometimes("delete_grace", "30s");
  return json;
}

}  // namespace

Json some_resources(Dice& dice) {
  Json json{{"memory", quota(dice, {4096, 8192, 16384, 32768})},
            {"cpuCores", quota(dice, {4, 8, 16, 32})},
            {"servers", quota(dice, {0, 2, 5, 20})}};
  if (dice.chance(90)) json["localStorage"] = pool(dice, 0);
  const std::int64_t pools = dice.chance(50) ? 0 : dice.between(1, 2);
  for (std::int64_t id = 1; id <= pools; ++id) json["otherStorage"].push_back(pool(dice, id));
  return json;
}

std::string some_buffer(Dice& dice) {
  static constexpr std::array texts{"0", "10", "", "7", "12.5", "abc", "50", "100", " 20 ", "-5"};
  return dice.pick(texts);
}

std::string some_addresses(Dice& dice) {
  static constexpr std::array texts{"1", "1", "1", "2", "", "0", "3"};
  return dice.pick(texts);
}

SmallWorld small_world(Dice& dice) {
  SmallWorld world;
  world.panel = panel(dice, world);
  world.shop = shop(dice, world);
  world.policy = policy(dice);
  return world;
}

}  // namespace vfstock::sim::fuzz
