// memo(make_plan) against make_plan: of random worlds, through any sequence of changes, both make
// the same plans.
#include "engine/incremental/memo.h"

#include <algorithm>
#include <map>
#include <memory>
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
  /// `follows`: shop and responses have versions, as those that are followed and kept.
  World(Policy policy, bool follows) : policy_(std::move(policy)), follows_(follows) {
    for (std::int64_t id = 1; id <= packages; ++id) set_package(id);
    for (std::int64_t id = 1; id <= groups; ++id) set_group(id);
    for (std::int64_t id = 1; id <= products; ++id) put_product(id);
    shop_.panel_host = "cp.example";
  }

  void change() {
    switch (below(13)) {
      case 12:
        return read_blocks();
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
  /// With the versions of what was answered.
  panel::LookupResults results(const panel::Answers& answers) {
    panel::LookupResults results;
    for (const auto& [id, told] : answers.packages) results.add(id, told, version(packages_, id));
    for (const auto& [id, told] : answers.groups) results.add(id, told, version(groups_, id));
    return results;
  }
  const Shop& shop() const { return shop_; }
  const Policy& policy() const { return policy_; }

 private:
  template <class Id>
  std::uint64_t version(std::map<Id, std::uint64_t>& known, Id id) {
    return follows_ && !chance(8) ? known.try_emplace(id, ++versions_).first->second : 0;
  }
  void set(PackageId id, Lookup<panel::Package> lookup) {
    packages_[id] = ++versions_;
    panel_.set(id, std::move(lookup));
  }
  void set(GroupId id, Lookup<panel::GroupResources> lookup) {
    groups_[id] = ++versions_;
    panel_.set(id, std::move(lookup));
  }
  void shop_renewed() {
    shop_.moved.clear();
    if (follows_) ++shop_.version;
  }
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
    shop_renewed();
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
    shop_renewed();
    const auto at = place(one_of(products));
    if (at != shop_.products.end()) shop_.products.erase(at);
  }
  void change_qty() {
    if (shop_.products.empty()) return;
    const auto at =
        static_cast<std::size_t>(below(static_cast<std::int64_t>(shop_.products.size())));
    shop_.products[at].row.qty = below(9);
    if (!follows_) return;
    if (chance(8)) shop_.moved.clear();
    shop_.moved.push_back(at);
    ++shop_.version;
  }
  void fail_to_read() {
    const auto at = place(one_of(products));
    if (at == shop_.products.end()) return;
    if (at->unread) return put_product(at->row.id.value);
    shop_renewed();
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
    if (chance(6)) return set(PackageId{id}, panel::Missing{});
    if (chance(6)) return set(PackageId{id}, stock::unavailable());
    set(PackageId{id}, Lookup<panel::Package>::found({.id = {id},
                                                      .name = "VPS",
                                                      .enabled = !chance(6),
                                                      .memory_mb = 512 * one_of(2),
                                                      .cores = one_of(2),
                                                      .storage_gb = 5,
                                                      .storage_profile = below(3)}));
  }
  void set_group(std::int64_t id) {
    if (chance(6)) return set(GroupId{id}, panel::Missing{});
    if (chance(6)) return set(GroupId{id}, stock::unavailable());
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
    revisions_[id] = ++versions_;
    show(id,
         std::make_shared<const capacity::HypervisorColumns>(rows_[static_cast<std::size_t>(id)]));
  }
  void show(std::int64_t id, std::shared_ptr<const capacity::HypervisorColumns> hypervisors) {
    set(GroupId{id},
        Lookup<panel::GroupResources>::found({revisions_[id], std::move(hypervisors), blocks_}));
  }
  /// Address blocks are read anew; the groups that were found come with them and are as they were.
  void read_blocks() {
    auto read = std::make_shared<panel::KnownBlocks>();
    read->revision = ++versions_;
    for (std::int64_t left = below(3); left > 0; --left) {
      capacity::AddressBlock block{left, below(9), {}};
      for (const auto& rows : rows_) {
        for (const capacity::Hypervisor& row : rows) {
          if (!chance(4)) block.hypervisors.push_back(row.id);
        }
      }
      std::sort(block.hypervisors.begin(), block.hypervisors.end());
      const auto twice = std::unique(block.hypervisors.begin(), block.hypervisors.end());
      block.hypervisors.erase(twice, block.hypervisors.end());
      read->blocks.push_back(std::move(block));
    }
    blocks_ = chance(5) ? nullptr : std::move(read);
    for (std::int64_t id = 1; id <= groups; ++id) {
      const panel::Answers told = panel_.ask({{}, {GroupId{id}}}, Milliseconds{1});
      const auto* const found = told.groups.begin()->second.lookup.if_found();
      if (found != nullptr) show(id, found->hypervisors);
    }
  }

  Policy policy_;
  bool follows_;
  Shop shop_;
  panel::FakePanel panel_;
  std::vector<capacity::Hypervisor> rows_[groups + 1];
  std::uint64_t versions_ = 0;
  std::map<PackageId, std::uint64_t> packages_;      // versions of what is answered now
  std::map<GroupId, std::uint64_t> groups_;          // the same
  std::map<std::int64_t, std::uint64_t> revisions_;  // of each group's hypervisors
  std::shared_ptr<const panel::KnownBlocks> blocks_;
};

RC_GTEST_PROP(Memo, MakesThePlansOfMakePlan, ()) {
  World world(any_policy(), chance(2));
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
        chance(12) ? panel::LookupResults::failed("luck") : world.results(answers);
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
  World world(any_policy(), false);
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
