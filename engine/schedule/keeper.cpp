#include "engine/schedule/keeper.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/catalogue/locations.h"
#include "engine/catalogue/text.h"
#include "engine/panel/decorators/backoff_panel.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/panel/decorators/confirming_panel.h"
#include "engine/panel/decorators/resuming_panel.h"
#include "engine/schedule/acceptance.h"
#include "engine/schedule/now.h"
#include "engine/schedule/timetable.h"

namespace vfstock::schedule {
namespace {

using catalogue::Product;
using catalogue::ProductId;
using panel::GroupId;

apply::Trigger trigger_of(ModuleEvent::Action action) {
  switch (action) {
    case ModuleEvent::Action::create:
      return apply::Trigger::module_create;
    case ModuleEvent::Action::terminate:
      return apply::Trigger::module_terminate;
    case ModuleEvent::Action::change_package:
      return apply::Trigger::module_change_package;
  }
  return apply::Trigger::module_create;
}

/// The panel as a keeper asks it: goes on where it stopped, leaves it alone when told to, confirms
/// what is gone, and does not ask twice in a short time.
struct DecoratedPanel {
  DecoratedPanel(panel::Panel& inner, const Clock& clock, const plan::Policy& policy)
      : resuming(inner),
        backoff(resuming, clock),
        confirming(backoff, clock, policy.probe_interval),
        cache(policy.confirm_missing ? static_cast<panel::Panel&>(confirming) : backoff, clock,
              {policy.package_ttl, policy.group_ttl, policy.missing_ttl}) {}

  panel::ResumingPanel resuming;
  panel::BackoffPanel backoff;
  panel::ConfirmingPanel confirming;
  panel::CachingPanel cache;
};

}  // namespace

struct StockKeeper::Parts {
  Parts(const Ports& given, plan::Policy wanted, std::string panel_host)
      : ports(given),
        policy(std::move(wanted)),
        panel(ports.panel, ports.clock, policy),
        refresher({ports.catalogue, panel.cache, ports.journal, ports.clock}, policy,
                  std::move(panel_host), ports.planner),
        times(policy) {
    restore();
  }

  Instant now() const { return ports.clock.now(); }
  Instant next_probe() const {
    const auto& last = panel.confirming.last_probe();
    return last ? *last + policy.probe_interval : now();
  }

  apply::RefreshReport sweep(apply::Trigger trigger, bool release_brake = false,
                             Approve approve = nullptr);
  apply::RefreshReport refresh(Refresher::Task task);
  void look_anew_the_second_time();
  void event_sweep(apply::Trigger trigger, bool may_wait);
  std::optional<std::vector<GroupId>> groups_to_forget(ProductId product);
  std::vector<GroupId> groups_of(const Product& row,
                                 const std::optional<plan::Surroundings>& surroundings);
  bool may_be_viewed(ProductId product);
  void forget(const std::optional<std::vector<GroupId>>& groups);
  void expect_deletion(const std::optional<std::vector<GroupId>>& groups);
  void run_deletions();
  void run_retries();

  void restore();
  void save();
  Remembered remembered() const;

  const Ports ports;
  const plan::Policy policy;
  DecoratedPanel panel;
  Refresher refresher;
  Timetable times;
};

// The second look must rest on nothing that the first one may have rested on.
void StockKeeper::Parts::look_anew_the_second_time() {
  if (times.brake.is_second_look(now())) panel.cache.forget_everything();
}

apply::RefreshReport StockKeeper::Parts::sweep(apply::Trigger trigger, bool release_brake,
                                               Approve approve) {
  look_anew_the_second_time();
  times.first_sweep.reset();
  times.sweeping = true;
  save();
  apply::RefreshReport report =
      refresh({trigger, plan::Scope::all(), release_brake, false, std::move(approve)});
  times.sweeping = false;
  return report;
}

apply::RefreshReport StockKeeper::Parts::refresh(Refresher::Task task) {
  ports.journal.refresh_begins(task.trigger, task.scope);
  task.report_products = task.trigger == apply::Trigger::recalculate;
  panel.confirming.let_probe_at_any_time(task.trigger == apply::Trigger::recalculate);
  apply::Applied applied;
  apply::RefreshReport& report = applied.report;
  try {
    applied = refresher.run(task, times.brake);
  } catch (const std::exception& error) {
    report.store_failure = error.what();
  } catch (...) {
    report.store_failure = "the shop's store failed in an unknown way";
  }
  if (report.store_failure && task.scope.is_all()) times.brake.missed(now());
  if (policy.retry_unavailable && report.store_failure) {
    times.retries.take_failure(task.scope, now());
  } else if (policy.retry_unavailable && !report.refused) {
    times.retries.take(applied.kept_for_now, task.scope, now(), next_probe());
  }
  ports.journal.refresh_ends(report);
  return std::move(report);
}

void StockKeeper::Parts::event_sweep(apply::Trigger trigger, bool may_wait) {
  if (times.limits.claim(event_key, now())) {
    times.event_waits = false;
    sweep(trigger);
  } else if (may_wait) {
    times.event_waits = true;
  }
}

// nullopt: it is not known which, so every group must be asked anew.
std::optional<std::vector<GroupId>> StockKeeper::Parts::groups_to_forget(ProductId product) {
  if (policy.forget == plan::Forget::none) return std::vector<GroupId>{};
  try {
    const auto known = refresher.shop().follow_to(product);
    if (known && *known != nullptr) return groups_of((*known)->row, (*known)->surroundings);
    const std::optional<Product> row = ports.catalogue.product(product);
    if (!row) return std::nullopt;
    return groups_of(*row, std::nullopt);
  } catch (...) {
    return std::nullopt;
  }
}

// `surroundings`: the row's, where they were read before.
std::vector<GroupId> StockKeeper::Parts::groups_of(
    const Product& row, const std::optional<plan::Surroundings>& surroundings) {
  std::vector<GroupId> groups;
  if (policy.forget == plan::Forget::default_group) {
    const std::int64_t group = catalogue::leading_integer(row.configoption1);
    if (group > 0) groups.push_back(GroupId{group});
    return groups;
  }
  const auto options = surroundings ? surroundings->options : ports.catalogue.option_values(row.id);
  for (const std::int64_t group :
       catalogue::hypervisor_groups(row, options, policy.location_option)) {
    groups.push_back(GroupId{group});
  }
  return groups;
}

// Visitors name products as they like; only what is managed may cost anything.
bool StockKeeper::Parts::may_be_viewed(ProductId product) {
  try {
    if (const auto known = refresher.shop().follow_to(product)) return *known != nullptr;
    const std::optional<Product> row = ports.catalogue.product(product);
    return row && is_managed(*row);
  } catch (...) {
    if (policy.retry_unavailable && !times.retries.sweep()) {
      times.retries.shop_failed(now());
      save();
    }
    return false;
  }
}

void StockKeeper::Parts::forget(const std::optional<std::vector<GroupId>>& groups) {
  if (groups) {
    panel.cache.forget(*groups);
  } else {
    panel.cache.forget_everything();
  }
}

void StockKeeper::Parts::expect_deletion(const std::optional<std::vector<GroupId>>& groups) {
  const Deletion deletion{now() + policy.delete_grace, groups};
  auto& known = times.deletions;
  if (std::find(known.begin(), known.end(), deletion) == known.end()) known.push_back(deletion);
}

void StockKeeper::Parts::run_deletions() {
  const Instant moment = now();
  bool any = false;
  for (const Deletion& deletion : times.deletions) {
    if (deletion.due > moment) continue;
    forget(deletion.groups);
    any = true;
  }
  std::erase_if(times.deletions, [&](const Deletion& deletion) { return deletion.due <= moment; });
  if (any) event_sweep(apply::Trigger::deletion, true);
}

void StockKeeper::Parts::run_retries() {
  if (times.retries.sweep_is_due(now())) {
    sweep(apply::Trigger::retry);
    return;
  }
  std::vector<ProductId> due = times.retries.due(now());
  if (!due.empty()) refresh({apply::Trigger::retry, plan::Scope::of(std::move(due))});
}

StockKeeper::StockKeeper(const Ports& ports, plan::Policy policy, std::string panel_host)
    : parts_(std::make_unique<Parts>(ports, std::move(policy), std::move(panel_host))) {}

StockKeeper::~StockKeeper() = default;

void StockKeeper::module_event(const ModuleEvent& event) {
  Parts& my = *parts_;
  if (event.module_type != "VirtFusionDirect") return;
  if (event.action == ModuleEvent::Action::create) {
    const auto acceptance =
        accept_order_of(event.service, my.ports.billing, my.policy.accept_when, my.ports.clock);
    if (acceptance) my.ports.journal.accepted(*acceptance);
  }
  const auto groups = my.groups_to_forget(event.product);
  my.forget(groups);
  if (event.action == ModuleEvent::Action::terminate && my.policy.delete_grace.count() > 0) {
    my.expect_deletion(groups);
  }
  my.event_sweep(trigger_of(event.action), my.policy.trailing_refresh);
  my.save();
}

void StockKeeper::cron() {
  if (!parts_->times.limits.claim(cron_key, parts_->now())) return;
  parts_->sweep(apply::Trigger::cron);
  parts_->save();
}

void StockKeeper::view_cart(ProductId product) {
  Parts& my = *parts_;
  // What is due comes first: a view of one product must not use up the probe that others wait for.
  run_due();
  if (my.now() < my.times.limits.end(cart_key(product)) || !my.may_be_viewed(product)) return;
  my.times.limits.claim(cart_key(product), my.now());
  my.refresh({apply::Trigger::cart, plan::Scope::of({product})});
  my.save();
}

apply::RefreshReport StockKeeper::recalculate(const plan::Scope& scope, bool release_brake,
                                              Approve approve) {
  constexpr auto trigger = apply::Trigger::recalculate;
  apply::RefreshReport report =
      scope.is_all() ? parts_->sweep(trigger, release_brake, std::move(approve))
                     : parts_->refresh({trigger, scope, release_brake, true, std::move(approve)});
  parts_->save();
  return report;
}

Planned StockKeeper::plan(const plan::Scope& scope, bool release_brake) {
  if (scope.is_all()) parts_->look_anew_the_second_time();
  parts_->panel.confirming.let_probe_at_any_time(true);
  return parts_->refresher.plan(scope, parts_->times.brake, release_brake);
}

std::optional<Instant> StockKeeper::next_due() const { return parts_->times.next_due(); }

void StockKeeper::run_due() {
  Parts& my = *parts_;
  const auto is_due = [&](const std::optional<Instant>& moment) {
    return moment && *moment <= my.now();
  };
  if (!is_due(next_due())) return;
  my.run_deletions();
  if (my.times.event_waits && is_due(my.times.limits.end(event_key))) {
    my.event_sweep(apply::Trigger::trailing, true);
  }
  if (is_due(my.times.brake.next_look())) my.sweep(apply::Trigger::brake);
  if (is_due(my.times.first_sweep)) my.sweep(apply::Trigger::first_sweep);
  my.run_retries();
  my.save();
}

std::optional<plan::Explanation> StockKeeper::explain(ProductId product) {
  const std::optional<Product> row = parts_->ports.catalogue.product(product);
  if (!row || !is_managed(*row)) return std::nullopt;
  parts_->panel.confirming.let_probe_at_any_time(true);
  return parts_->refresher.explain(*row);
}

const plan::Policy& StockKeeper::policy() const noexcept { return parts_->policy; }

Remembered StockKeeper::remembered() const { return parts_->remembered(); }

void StockKeeper::Parts::restore() {
  std::optional<Remembered> known;
  try {
    known = ports.state.load();
  } catch (const std::exception& error) {
    ports.journal.trouble(fmt::format("the engine's state could not be read: {}", error.what()));
  }
  if (!known) return times.begin(now(), policy);
  const Now at(ports.clock);
  times.take_up(*known, at, policy);
  if (known->last_probe) panel.confirming.probed_at(at.past(*known->last_probe));
  panel.resuming.resume({{known->unasked_packages.begin(), known->unasked_packages.end()},
                         {known->unasked_groups.begin(), known->unasked_groups.end()}});
  if (known->quiet_until) {
    panel.backoff.stay_quiet_until(at.ahead(*known->quiet_until, policy.bounds.retry_after_max));
  }
}

void StockKeeper::Parts::save() {
  if (!ports.state.wants_every_moment()) return;
  try {
    ports.state.save(remembered());
  } catch (const std::exception& error) {
    ports.journal.trouble(fmt::format("the engine's state could not be saved: {}", error.what()));
  }
}

Remembered StockKeeper::Parts::remembered() const {
  const Now at(ports.clock);
  Remembered memory;
  times.add_to(memory, at);
  const auto& last_probe = panel.confirming.last_probe();
  if (last_probe) memory.last_probe = at.wall_of(*last_probe);
  const auto& unasked = panel.resuming.unasked();
  memory.unasked_packages.assign(unasked.packages.begin(), unasked.packages.end());
  memory.unasked_groups.assign(unasked.groups.begin(), unasked.groups.end());
  const Instant quiet_until = panel.backoff.quiet_until();
  if (quiet_until > at.instant) memory.quiet_until = at.wall_of(quiet_until);
  return memory;
}

}  // namespace vfstock::schedule
