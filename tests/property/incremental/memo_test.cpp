// memo(make_plan) against make_plan: of random worlds, through any sequence of changes, both make
// the same plans.
#include "engine/incremental/memo.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/capacity/arbitrary.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::incremental {
namespace {

using namespace plan;
using capacity::test::any_hypervisor;
using panel::GroupId;
using panel::Lookup;
using panel::PackageId;
using stock::pid;

constexpr std::int64_t products = 8, packages = 4, groups = 4;

std::int64_t below(std::int64_t end) { return *rc::gen::inRange<std::int64_t>(0, end); }
std::int64_t one_of(std::int64_t last) { return 1 + below(last); }
bool chance(int one_in) { return *rc::gen::inRange(0, one_in) == 0; }

Policy any_policy() {
  Policy policy = *preset(*rc::gen::element<std::string>("default", "strict", "strict", "classic"));
  if (chance(4)) policy.qty_ceiling = 5;
  policy.reserve_pending = chance(2);
  return policy;
}

/// A shop and a panel that change, with a version for everything that has one.
class World {
 public:
  explicit World(Policy policy) : policy_(std::move(policy)) {
    for (std::int64_t id = 1; id <= packages; ++id) set_package(id);
    for (std::int64_t id = 1; id <= groups; ++id) set_group(id);
    for (std::int64_t id = 1; id <= products; ++id) put_product(id);
    shop_.panel_host = "cp.example";
  }

  void change() {
    switch (below(12)) {
      case 0:
        return put_product(one_of(products + 2));
      case 1:
        return remove_product();
      case 2:
        return set_package(one_of(packages));
      case 3:
      case 4:
        return set_group(one_of(groups));
      case 5:
      case 6:
        return change_group(one_of(groups));
      case 7:
        return change_orders();
      case 8:
        return fail_to_read();
      default:
        return change_qty();
    }
  }
  Scope any_scope() const {
    if (chance(2)) return Scope::all();
    std::vector<catalogue::ProductId> ids;
    for (std::int64_t left = below(4); left > 0; --left) ids.push_back(pid(one_of(products + 2)));
    return Scope::of(std::move(ids));
  }
  panel::Answers answers(const panel::Questions& questions) {
    return panel_.ask(questions, Milliseconds{1});
  }
  const Shop& shop() const { return shop_; }
  const Policy& policy() const { return policy_; }

 private:
  auto place(std::int64_t id) {
    return std::find_if(shop_.products.begin(), shop_.products.end(),
                        [&](const ShopProduct& one) { return one.row.id.value >= id; });
  }
  catalogue::Product any_row(std::int64_t id) const {
    catalogue::Product row =
        stock::product(id, below(9), chance(8) ? "" : std::to_string(one_of(packages + 1)),
                       std::to_string(below(groups + 2)));
    if (chance(3)) row.configoption7 = "10";
    if (chance(9)) row.servergroup = 1;
    return row;
  }
  void put_product(std::int64_t id) {
    const auto at = place(id);
    ShopProduct read{any_row(id), Surroundings{}, std::nullopt, ++versions_};
    for (std::int64_t left = below(3); left > 0; --left) {
      read.surroundings->options.push_back({"Location", std::to_string(one_of(groups + 1))});
    }
    if (read.row.servergroup != 0) read.surroundings->virtfusion_hosts = {"other.example"};
    if (at != shop_.products.end() && at->row.id == pid(id)) {
      *at = std::move(read);
    } else {
      shop_.products.insert(at, std::move(read));
    }
  }
  void remove_product() {
    const auto at = place(one_of(products));
    if (at != shop_.products.end()) shop_.products.erase(at);
  }
  void change_qty() {
    if (shop_.products.empty()) return;
    shop_
        .products[static_cast<std::size_t>(below(static_cast<std::int64_t>(shop_.products.size())))]
        .row.qty = below(9);
  }
  void fail_to_read() {
    const auto at = place(one_of(products));
    if (at == shop_.products.end()) return;
    if (at->unread) return put_product(at->row.id.value);
    at->surroundings.reset();
    at->unread = Why{Cause::store_failed, "deadlock"};
    at->version = ++versions_;
  }
  void change_orders() {
    shop_.pending_unread.reset();
    if (chance(5)) shop_.pending_unread = Why{Cause::store_failed, "no orders"};
    if (chance(2) || !policy_.reserve_pending) return shop_.pending.clear();
    PendingOrder order;
    order.service.product = any_row(one_of(products));
    order.service.qty = one_of(2);
    if (chance(2)) order.service.option = std::to_string(one_of(groups));
    shop_.pending.push_back(order);
  }
  void set_package(std::int64_t id) {
    if (chance(6)) return panel_.set(PackageId{id}, panel::Missing{});
    if (chance(6)) return panel_.set(PackageId{id}, stock::unavailable());
    panel_.set(PackageId{id}, Lookup<panel::Package>::found({.id = {id},
                                                             .name = "VPS",
                                                             .enabled = !chance(6),
                                                             .memory_mb = 512 * one_of(2),
                                                             .cores = one_of(2),
                                                             .storage_gb = 5,
                                                             .storage_profile = below(3)}));
  }
  void set_group(std::int64_t id) {
    if (chance(6)) return panel_.set(GroupId{id}, panel::Missing{});
    if (chance(6)) return panel_.set(GroupId{id}, stock::unavailable());
    auto& rows = rows_[static_cast<std::size_t>(id)];
    rows.clear();
    for (std::int64_t left = one_of(8); left > 0; --left) rows.push_back(any_hypervisor());
    show_group(id);
  }
  /// A single hypervisor has other figures, as when a server comes or goes.
  void change_group(std::int64_t id) {
    auto& rows = rows_[static_cast<std::size_t>(id)];
    if (rows.empty()) return set_group(id);
    capacity::Hypervisor& row =
        rows[static_cast<std::size_t>(below(static_cast<std::int64_t>(rows.size())))];
    row.memory_mb.free = below(16'384);
    row.cores.free = below(64);
    show_group(id);
  }
  void show_group(std::int64_t id) {
    panel_.set(GroupId{id}, Lookup<panel::GroupResources>::found(
                                {++versions_, std::make_shared<const capacity::HypervisorColumns>(
                                                  rows_[static_cast<std::size_t>(id)])}));
  }

  Policy policy_;
  Shop shop_;
  panel::FakePanel panel_;
  std::vector<capacity::Hypervisor> rows_[groups + 1];
  std::uint64_t versions_ = 0;
};

RC_GTEST_PROP(Memo, MakesThePlansOfMakePlan, ()) {
  World world(any_policy());
  Memo memo(world.policy());
  Brake brake(world.policy());
  Request request;
  for (int refreshes = *rc::gen::inRange(1, 30); refreshes > 0; --refreshes) {
    for (std::int64_t left = below(4); left > 0; --left) world.change();
    request.scope = world.any_scope();
    request.began = request.now = request.now + std::chrono::minutes{below(8)};
    request.brake = chance(8) ? BrakeUse::release : BrakeUse::ask;
    const panel::Questions questions = questions_of(world.shop(), request.scope, world.policy());
    const panel::Questions& same = memo.questions(world.shop(), request.scope);
    RC_ASSERT(same.packages == questions.packages);
    RC_ASSERT(same.groups == questions.groups);
    const panel::Answers answers = world.answers(questions);
    const panel::LookupResults results =
        chance(12) ? panel::LookupResults::failed("luck") : panel::LookupResults(answers);
    const Plan plan = make_plan(world.shop(), results, world.policy(), brake, request);
    RC_ASSERT(memo.plan(world.shop(), results, brake, request) == plan);
    brake = plan.brake;
    std::vector<catalogue::ProductId> emptied;
    for (const PlannedProduct& planned : plan.products) {
      const bool falls = is_a_fall(planned, world.policy().brake_from);
      if (falls && !planned.withheld) emptied.push_back(planned.row.id);
    }
    brake.take(emptied, request.scope.is_all());
  }
}

RC_GTEST_PROP(MakePlan, GivesTheSamePlanForTheSameInputs, ()) {
  World world(any_policy());
  for (std::int64_t left = below(12); left > 0; --left) world.change();
  Request request;
  request.scope = world.any_scope();
  const panel::Answers answers =
      world.answers(questions_of(world.shop(), request.scope, world.policy()));
  const panel::LookupResults results(answers);
  const Brake brake{Policy{}};
  RC_ASSERT(make_plan(world.shop(), results, world.policy(), brake, request) ==
            make_plan(world.shop(), results, world.policy(), brake, request));
}

}  // namespace
}  // namespace vfstock::incremental
