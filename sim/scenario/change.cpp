#include "sim/scenario/change.h"

#include "sim/fleet/shop_json.h"

namespace vfstock::sim::scenario {

namespace model = mockpanel::model;
using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

template <class Records>
auto& named(Records& records, std::int64_t id, const std::string& what, const Place& place) {
  const auto found = records.find(id);
  if (found == records.end()) {
    refuse(place.at("id"), "there is no " + what + " " + std::to_string(id));
  }
  return found->second;
}

bool deleted(const Json& json) { return json.contains("deleted"); }

void change_package(model::World& world, const Json& json, const Place& place) {
  const auto id = json["id"].get<std::int64_t>();
  model::Package& package = named(world.packages, id, "package", place);
  if (deleted(json)) {
    world.packages.erase(id);
  } else {
    fleet::update_package(package, json);
  }
}

void change_group(model::World& world, const Json& json, const Place& place) {
  const auto id = json["id"].get<std::int64_t>();
  model::Group& group = named(world.groups, id, "group", place);
  if (deleted(json)) {
    world.groups.erase(id);
  } else if (json.contains("enabled")) {
    group.enabled = json["enabled"].get<bool>();
  }
}

/// A figure that changes gives the hypervisor a block of its own with that many free addresses:
/// which shared block they would have come from is not ours to guess.
void change_figure(model::World& world, model::Hypervisor& hypervisor, const Json& json) {
  const Json::json_pointer free("/resources/network/total/ipv4/free");
  if (!json.contains(free)) return;
  model::Block block;
  block.id = world.blocks.empty() ? 1 : world.blocks.rbegin()->first + 1;
  block.name = "Block " + std::to_string(block.id);
  block.base_free = json.at(free).get<std::int64_t>();
  hypervisor.blocks = {block.id};
  hypervisor.reports_ipv4 = true;
  world.blocks.emplace(block.id, std::move(block));
}

void change_hypervisor(model::World& world, const Json& json, const Place& place) {
  const auto id = json["hypervisor"]["id"].get<std::int64_t>();
  model::Hypervisor& hypervisor =
      named(world.hypervisors, id, "hypervisor", place.at("hypervisor"));
  fleet::update_hypervisor(hypervisor, json, place);
  change_figure(world, hypervisor, json);
}

void change_block(model::World& world, const Json& json, const Place& place) {
  model::Block& block = named(world.blocks, json["id"].get<std::int64_t>(), "block", place);
  if (json.contains("enabled")) block.enabled = json["enabled"].get<bool>();
  if (json.contains("free")) block.base_free = json["free"].get<std::int64_t>() + block.held;
}

void change_product(shop::MemoryCatalogue& shop, const Json& json, const Place& place) {
  const auto id = json["id"].get<std::int64_t>();
  catalogue::Product* row = shop.row(catalogue::ProductId{id});
  if (row == nullptr) refuse(place.at("id"), "there is no product " + std::to_string(id));
  fleet::update_product(*row, json);
}

}  // namespace

bool apply_change(const Json& what, const Place& place, model::World& world,
                  shop::MemoryCatalogue& shop) {
  if (what.contains("package")) change_package(world, what["package"], place.at("package"));
  if (what.contains("group")) change_group(world, what["group"], place.at("group"));
  if (what.contains("hypervisor")) {
    change_hypervisor(world, what["hypervisor"], place.at("hypervisor"));
  }
  if (what.contains("block")) change_block(world, what["block"], place.at("block"));
  world.touch();
  if (!what.contains("product")) return false;
  change_product(shop, what["product"], place.at("product"));
  return true;
}

bool change_services(const Json& what, const Place& place, shop::Shop& shop, WallTime now) {
  if (what.contains("serviceGone")) {
    const auto id = what["serviceGone"].get<std::int64_t>();
    if (!shop.forget(id)) {
      refuse(place.at("serviceGone"), "there is no service " + std::to_string(id));
    }
  }
  if (what.contains("service")) {
    shop.adopt(
        fleet::pending_service(fleet::read_waiting(what["service"], place.at("service")), now));
  }
  return what.contains("service") || what.contains("serviceGone");
}

}  // namespace vfstock::sim::scenario
