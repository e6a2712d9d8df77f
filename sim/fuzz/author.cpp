#include "sim/fuzz/author.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vfstock::sim::fuzz {
namespace {

using document::Json;
using namespace std::chrono_literals;

/// One of them, taken out; nullopt when there is none.
template <class T>
std::optional<T> take(Dice& dice, std::vector<T>& from) {
  if (from.empty()) return std::nullopt;
  const auto at = from.begin() + dice.below(static_cast<std::int64_t>(from.size()));
  const T taken = *at;
  from.erase(at);
  return taken;
}

Json just(const char* key, Json value) {
  Json object = Json::object();
  object[key] = std::move(value);
  return object;
}

std::string package_route(Dice& dice, const SmallWorld& world) {
  // The list of them, too.
  if (dice.chance(50)) return "/packages**";
  return "/packages/" + std::to_string(dice.pick(world.packages));
}

std::string group_route(Dice& dice, const SmallWorld& world) {
  const std::string group = dice.chance(30) ? "*" : std::to_string(dice.pick(world.groups));
  return "/compute/hypervisors/groups/" + group + "/resources";
}

/// Where a fault strikes. Most often where it shows at all.
std::string route(Dice& dice, const SmallWorld& world, Bites bites) {
  if (bites == Bites::packages && dice.chance(90)) return package_route(dice, world);
  if (bites == Bites::groups && dice.chance(90)) return group_route(dice, world);
  switch (dice.below(8)) {
    case 0:
    case 1:
      return package_route(dice, world);
    case 2:
    case 3:
    case 4:
      return group_route(dice, world);
    case 5:
      return "/connect";
    case 6:
      return "/connectivity/ipblocks**";
    default:
      return "/servers**";
  }
}

}  // namespace

void Author::write(const char* verb, Json body) {
  Json step = just("at", duration_text(now_));
  step[verb] = std::move(body);
  timeline_.push_back(std::move(step));
}

void Author::write_safety(int steps) {
  steps_ = static_cast<std::size_t>(steps);
  if (dice_.chance(75)) write("cron", Json::object());
  while (!is_full()) {
    now_ += mood_.next_gap(dice_);
    write_move(mood_.next_move(dice_));
  }
}

void Author::write_liveness() {
  now_ += mood_.next_gap(dice_);
  write("heal", Json::object());
  // Two windows of the cron, the longest lifetime of an answer, and the sweep after them.
  Json cron = just("every", "2h");
  cron["until"] = duration_text(now_ + 6h);
  write("cron", std::move(cron));
}

void Author::write_move(Move move) {
  switch (move) {
    case Move::cron:
      return write("cron", Json::object());
    case Move::recalculate:
      return write("recalculate", Json::object());
    case Move::view_cart:
      return write("view-cart", just("product", dice_.pick(world_.products)));
    case Move::order:
      return order();
    case Move::cancel:
      if (orders_ > 0) write("cancel", just("order", dice_.between(1, orders_)));
      return;
    case Move::provision:
      return provision();
    case Move::terminate:
      return terminate();
    case Move::change_package:
      return change_package();
    case Move::provision_outside:
      return provision_outside();
    case Move::terminate_outside:
      return write("terminate-outside", just("server", dice_.between(1, services_ + 2)));
    case Move::change:
      return change();
    case Move::fail:
      return fail();
    case Move::heal:
      return heal();
    case Move::store_fail:
      return store_fail();
    case Move::restart:
      return restart();
    case Move::clock:
      return step_clock();
  }
}

void Author::order() {
  Json body = just("order", ++orders_);
  const std::int64_t lines = dice_.chance(60) ? 1 : dice_.between(2, 3);
  for (std::int64_t n = 0; n < lines; ++n) {
    const std::int64_t product = dice_.pick(world_.products);
    Json line = just("product", product);
    line["service"] = ++services_;
    choose_group(line, product);
    waiting_.push_back({services_, orders_});
    body["services"].push_back(std::move(line));
  }
  write("order", std::move(body));
}

// A shop offers a choice only where the product has one.
void Author::choose_group(Json& line, std::int64_t product) {
  if (!world_.sold_everywhere.contains(product) || !dice_.chance(50)) return;
  line["group"] = dice_.pick(world_.groups);
}

void Author::provision() {
  if (const auto ordered = dice_.chance(75) ? take(dice_, waiting_) : std::nullopt) {
    // A shop that is paid sets up all of an order; one that is not, or fails, only some.
    deliver(*ordered);
    if (dice_.chance(60)) deliver_rest_of(ordered->order);
    return;
  }
  Json body = Json::object();
  const std::int64_t product = dice_.pick(world_.products);
  body["product"] = product;
  body["service"] = ++services_;
  choose_group(body, product);
  served_.push_back(services_);
  write("provision", std::move(body));
}

void Author::deliver(const Ordered& ordered) {
  write("provision", just("service", ordered.service));
  served_.push_back(ordered.service);
}

void Author::deliver_rest_of(std::int64_t order) {
  const auto rest =
      std::stable_partition(waiting_.begin(), waiting_.end(),
                            [&](const Ordered& waiting) { return waiting.order != order; });
  const std::vector<Ordered> meant(rest, waiting_.end());
  waiting_.erase(rest, waiting_.end());
  for (const Ordered& waiting : meant) {
    if (is_full()) {
      waiting_.push_back(waiting);
      continue;
    }
    now_ += std::chrono::seconds{dice_.below(20)};
    deliver(waiting);
  }
}

void Author::terminate() {
  if (const auto service = take(dice_, served_)) write("terminate", just("service", *service));
}

void Author::change_package() {
  if (served_.empty()) return;
  Json body = just("service", dice_.pick(served_));
  body["product"] = dice_.pick(world_.products);
  write("change-package", std::move(body));
}

void Author::provision_outside() {
  Json body = just("package", dice_.pick(world_.packages));
  body["group"] = dice_.pick(world_.groups);
  if (dice_.chance(30)) body["ipv4"] = dice_.below(3);
  write("provision-outside", std::move(body));
}

void Author::change() {
  Json body = Json::object();
  switch (dice_.below(8)) {
    case 0:
    case 1:
      body["package"] = package_change();
      break;
    case 2:
      body["group"] = just("id", dice_.pick(world_.groups));
      body["group"]["deleted"] = true;
      break;
    case 3:
      body["product"] = product_change();
      break;
    default:
      body["hypervisor"] = hypervisor_change();
  }
  write("change", std::move(body));
}

Json Author::package_change() {
  Json json = just("id", dice_.pick(world_.packages));
  switch (dice_.below(5)) {
    case 0:
      json["deleted"] = true;
      break;
    case 1:
      json["enabled"] = dice_.chance(50);
      break;
    case 2:
      json["memory"] = 512 * dice_.between(1, 8);
      break;
    case 3:
      json["cpuCores"] = dice_.between(1, 6);
      break;
    default:
      json["primaryStorage"] = 10 * dice_.between(1, 6);
      json["primaryStorageProfile"] = dice_.below(4);
  }
  return json;
}

Json Author::hypervisor_change() {
  Json json = just("hypervisor", just("id", dice_.pick(world_.hypervisors)));
  static constexpr std::array flags{"enabled", "prohibit", "commissioned"};
  switch (dice_.below(4)) {
    case 0:
      json["hypervisor"][dice_.pick(flags)] = dice_.chance(50);
      break;
    case 1:
      json["resources"]["network"]["total"]["ipv4"]["free"] = dice_.below(9);
      break;
    default:
      json["resources"] = some_resources(dice_);
  }
  return json;
}

Json Author::product_change() {
  Json json = just("id", dice_.pick(world_.products));
  switch (dice_.below(6)) {
    case 0:
      json["stockcontrol"] = dice_.below(2);
      break;
    case 1:
      json["configoption2"] = std::to_string(dice_.pick(world_.packages));
      break;
    case 2:
      json["configoption1"] = std::to_string(dice_.pick(world_.groups));
      break;
    case 3:
      json["configoption3"] = some_addresses(dice_);
      break;
    case 4:
      json["configoption7"] = some_buffer(dice_);
      break;
    default:
      json["qty"] = dice_.below(30);
  }
  return json;
}

void Author::fail() {
  const FaultSample* const sample = mood_.next_fault(dice_);
  if (sample == nullptr) return;
  // What is remembered hides what the panel does by now, so some faults come when nothing is
  // remembered, and a sweep meets them.
  const bool is_met = dice_.chance(45);
  if (is_met) outlive_memory();
  write("fail", fault(*sample));
  if (is_met) meet_fault();
}

// Past the longest lifetime of an answer, and past the cron's window where no other sweep is known.
void Author::outlive_memory() { now_ += mood_.knows(Move::recalculate) ? 601s : 7201s; }

void Author::meet_fault() {
  if (is_full()) return;
  write(mood_.knows(Move::recalculate) ? "recalculate" : "cron", Json::object());
}

Author::Json Author::fault(const FaultSample& sample) {
  fault_ids_.push_back(std::string(sample.name) + " #" + std::to_string(fault_ids_.size() + 1));
  Json body = just("id", fault_ids_.back());
  body.update(sample.fail);
  if (sample.bites == Bites::everything && dice_.chance(80)) {
    body["for"] = duration_text(60s + mood_.next_gap(dice_));
    return body;
  }
  if (dice_.chance(75)) body["path"] = route(dice_, world_, sample.bites);
  // Only lists have pages beyond the first.
  const std::string path = body.value("path", "");
  const bool may_be_list =
      path.empty() || path.ends_with("/resources") || path.ends_with("ipblocks**");
  if (may_be_list && dice_.chance(40)) body["page"] = dice_.pick(std::array{1, 2, 2, 3});
  limit_fault(body);
  return body;
}

// Of several faults over one request the oldest strikes: one that never ends hides what comes after
// it, so most are over soon.
void Author::limit_fault(Json& body) {
  switch (dice_.below(6)) {
    case 0:
    case 1:
      body["count"] = dice_.between(1, 4);
      break;
    case 2:
      body["nth"] = dice_.between(1, 3);
      break;
    case 3:
      body["every"] = dice_.between(2, 3);
      break;
    default:
      break;
  }
  if (dice_.chance(75)) body["for"] = duration_text(1s + mood_.next_gap(dice_));
}

void Author::heal() {
  if (fault_ids_.empty() || dice_.chance(60)) return write("heal", Json::object());
  write("heal", just("id", dice_.pick(fault_ids_)));
}

void Author::store_fail() {
  static constexpr std::array kinds{"reads",       "writes",   "reads-and-writes", "writes-done",
                                    "row-changed", "row-gone", "acceptance"};
  Json body = just("kind", dice_.pick(kinds));
  if (dice_.chance(80)) body["for"] = duration_text(1s + mood_.next_gap(dice_));
  write("store-fail", std::move(body));
}

void Author::restart() {
  write("restart", dice_.chance(70) ? Json::object() : just("state", "lost"));
}

void Author::step_clock() {
  const std::string span = duration_text(1s + mood_.next_gap(dice_));
  write("clock", just("by", dice_.chance(50) ? span : "-" + span));
}

}  // namespace vfstock::sim::fuzz
