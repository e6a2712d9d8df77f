#include "engine/schedule/keeper.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/catalogue/locations.h"
#include "engine/catalogue/text.h"
#include "engine/panel/decorators/backoff_panel.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/panel/decorators/confirming_panel.h"
#include "engine/plan/brake.h"
#include "engine/schedule/acceptance.h"
#include "engine/schedule/now.h"
#include "engine/schedule/rate_limiter.h"
#include "engine/schedule/refresh.h"
#include "engine/schedule/retries.h"

namespace vfstock::schedule {
namespace {

using catalogue::Product;
using catalogue::ProductId;
using panel::GroupId;

constexpr std::chrono::seconds first_sweep_after{60};

/// Capacity that comes back when a deletion's grace has passed.
struct Deletion {
  Instant due{};
  std::optional<std::vector<GroupId>> groups;  // nullopt: not known which, so all
};

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

void earliest(std::optional<Instant>& first, std::optional<Instant> other) {
  if (other && (!first || *other < *first)) first = other;
}

}  // namespace

struct StockKeeper::Parts {
  Parts(const Ports& given, plan::Policy wanted, std::string host)
      : ports(given),
        policy(std::move(wanted)),
        panel_host(std::move(host)),
        patient(ports.panel, ports.clock),
        confirming(patient, ports.clock, policy.probe_interval),
        cache(policy.confirm_missing ? static_cast<panel::Panel&>(confirming) : patient,
              ports.clock, {policy.package_ttl, policy.group_ttl, policy.missing_ttl}),
        refresh_ports{ports.catalogue, cache, ports.journal, ports.clock},
        refresher(refresh_ports, policy, panel_host),
        limits(policy),
        brake(policy.brake_percent) {
    restore();
  }

  Instant now() const { return ports.clock.now(); }
  Instant next_probe() const {
    const auto& last = confirming.last_probe();
    return last ? *last + policy.probe_interval : now();
  }

  apply::RefreshReport sweep(apply::Trigger trigger, bool release_brake = false);
  apply::RefreshReport refresh(apply::Trigger trigger, const std::vector<ProductId>& only,
                               bool release_brake);
  void event_sweep(apply::Trigger trigger, bool may_wait);
  std::optional<std::vector<GroupId>> groups_to_forget(ProductId product);
  std::vector<GroupId> groups_of(const Product& row, const plan::Terms* terms);
  bool may_be_viewed(ProductId product);
  void forget(const std::optional<std::vector<GroupId>>& groups);
  void expect_deletion(const std::optional<std::vector<GroupId>>& groups);
  void run_deletions();
  void run_retries();

  void restore();
  void take_up(const Remembered& remembered);
  void save();
  Remembered remembered() const;

  const Ports ports;
  const plan::Policy policy;
  const std::string panel_host;
  panel::BackoffPanel patient;
  panel::ConfirmingPanel confirming;
  panel::CachingPanel cache;
  const Refresh::Ports refresh_ports;
  Refresh refresher;
  RateLimiter limits;
  Retries retries;
  plan::Brake brake;
  bool event_waits = false;
  bool sweeping = false;  // what dies in it must be made up for
  std::vector<Deletion> deletions;
  std::optional<Instant> first_sweep;
};

apply::RefreshReport StockKeeper::Parts::sweep(apply::Trigger trigger, bool release_brake) {
  // The second look must rest on nothing that the first one may have rested on.
  if (brake.is_second_look(now())) cache.forget_everything();
  first_sweep.reset();
  sweeping = true;
  save();
  apply::RefreshReport report = refresh(trigger, {}, release_brake);
  sweeping = false;
  return report;
}

apply::RefreshReport StockKeeper::Parts::refresh(apply::Trigger trigger,
                                                 const std::vector<ProductId>& only,
                                                 bool release_brake) {
  ports.journal.refresh_begins(trigger, only);
  apply::RefreshReport report;
  try {
    const bool is_asked_for = trigger == apply::Trigger::recalculate;
    report = refresher.run({trigger, only, now(), release_brake, is_asked_for}, brake);
  } catch (const std::exception& error) {
    report.store_failure = error.what();
  } catch (...) {
    report.store_failure = "the shop's store failed in an unknown way";
  }
  if (report.store_failure && only.empty()) brake.missed(now());
  if (policy.retry_unavailable && report.store_failure) {
    retries.take_failure(only, now());
  } else if (policy.retry_unavailable) {
    retries.take(refresher.kept_for_now(), only, now(), next_probe());
  }
  ports.journal.refresh_ends(report);
  return report;
}

void StockKeeper::Parts::event_sweep(apply::Trigger trigger, bool may_wait) {
  if (limits.claim(event_key, now())) {
    event_waits = false;
    sweep(trigger);
  } else if (may_wait) {
    event_waits = true;
  }
}

// nullopt: it is not known which, so every group must be asked anew.
std::optional<std::vector<GroupId>> StockKeeper::Parts::groups_to_forget(ProductId product) {
  if (policy.forget == plan::Forget::none) return std::vector<GroupId>{};
  try {
    const Shelf* const shelf =
        refresher.shelves().follow() ? refresher.shelves().find(product) : nullptr;
    if (shelf != nullptr) return groups_of(shelf->row, shelf->terms ? &*shelf->terms : nullptr);
    const std::optional<Product> row = ports.catalogue.product(product);
    if (!row) return std::nullopt;
    return groups_of(*row, nullptr);
  } catch (...) {
    return std::nullopt;
  }
}

// `terms`: the row's, where they were read before.
std::vector<GroupId> StockKeeper::Parts::groups_of(const Product& row, const plan::Terms* terms) {
  std::vector<GroupId> groups;
  if (policy.forget == plan::Forget::default_group) {
    const std::int64_t group = catalogue::leading_integer(row.configoption1);
    if (group > 0) groups.push_back(GroupId{group});
    return groups;
  }
  if (terms != nullptr && !terms->refusal) return terms->groups;
  const auto options = ports.catalogue.option_values(row.id);
  for (const std::int64_t group :
       catalogue::hypervisor_groups(row, options, policy.location_option)) {
    groups.push_back(GroupId{group});
  }
  return groups;
}

// Visitors name products as they like; only what is managed may cost anything.
bool StockKeeper::Parts::may_be_viewed(ProductId product) {
  try {
    if (refresher.shelves().follow()) return refresher.shelves().find(product) != nullptr;
    const std::optional<Product> row = ports.catalogue.product(product);
    return row && is_managed(*row);
  } catch (...) {
    if (policy.retry_unavailable && !retries.sweep()) {
      retries.shop_failed(now());
      save();
    }
    return false;
  }
}

void StockKeeper::Parts::forget(const std::optional<std::vector<GroupId>>& groups) {
  if (groups) {
    cache.forget(*groups);
  } else {
    cache.forget_everything();
  }
}

void StockKeeper::Parts::expect_deletion(const std::optional<std::vector<GroupId>>& groups) {
  const Deletion deletion{now() + policy.delete_grace, groups};
  const bool known = std::any_of(deletions.begin(), deletions.end(), [&](const Deletion& other) {
    return other.due == deletion.due && other.groups == deletion.groups;
  });
  if (!known) deletions.push_back(deletion);
}

void StockKeeper::Parts::run_deletions() {
  const Instant moment = now();
  bool any = false;
  for (const Deletion& deletion : deletions) {
    if (deletion.due > moment) continue;
    forget(deletion.groups);
    any = true;
  }
  std::erase_if(deletions, [&](const Deletion& deletion) { return deletion.due <= moment; });
  if (any) event_sweep(apply::Trigger::deletion, true);
}

void StockKeeper::Parts::run_retries() {
  if (retries.sweep_is_due(now())) {
    sweep(apply::Trigger::retry);
    return;
  }
  const std::vector<ProductId> due = retries.due(now());
  if (!due.empty()) refresh(apply::Trigger::retry, due, false);
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
  if (!parts_->limits.claim(cron_key, parts_->now())) return;
  parts_->sweep(apply::Trigger::cron);
  parts_->save();
}

void StockKeeper::view_cart(ProductId product) {
  Parts& my = *parts_;
  // What is due comes first: a view of one product must not use up the probe that others wait for.
  run_due();
  if (my.now() < my.limits.end(cart_key(product)) || !my.may_be_viewed(product)) return;
  my.limits.claim(cart_key(product), my.now());
  my.refresh(apply::Trigger::cart, {product}, false);
  my.save();
}

apply::RefreshReport StockKeeper::recalculate(bool release_brake,
                                              const std::vector<ProductId>& only) {
  apply::RefreshReport report =
      only.empty() ? parts_->sweep(apply::Trigger::recalculate, release_brake)
                   : parts_->refresh(apply::Trigger::recalculate, only, release_brake);
  parts_->save();
  return report;
}

std::optional<Instant> StockKeeper::next_due() const {
  const Parts& my = *parts_;
  std::optional<Instant> next = my.first_sweep;
  if (my.event_waits) earliest(next, my.limits.end(event_key));
  for (const Deletion& deletion : my.deletions) earliest(next, deletion.due);
  earliest(next, my.retries.next());
  earliest(next, my.brake.next_look());
  return next;
}

void StockKeeper::run_due() {
  Parts& my = *parts_;
  const auto is_due = [&](const std::optional<Instant>& moment) {
    return moment && *moment <= my.now();
  };
  if (!is_due(next_due())) return;
  my.run_deletions();
  if (my.event_waits && is_due(my.limits.end(event_key))) {
    my.event_sweep(apply::Trigger::trailing, true);
  }
  if (is_due(my.brake.next_look())) my.sweep(apply::Trigger::brake);
  if (is_due(my.first_sweep)) my.sweep(apply::Trigger::first_sweep);
  my.run_retries();
  my.save();
}

std::optional<plan::Explanation> StockKeeper::explain(ProductId product) {
  const std::optional<Product> row = parts_->ports.catalogue.product(product);
  if (!row || !is_managed(*row)) return std::nullopt;
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
  if (known) {
    take_up(*known);
    return;
  }
  limits.begin_all(now());
  first_sweep = now() + first_sweep_after;
}

void StockKeeper::Parts::take_up(const Remembered& known) {
  const Now at(ports.clock);
  for (const auto& [key, began] : known.windows) limits.restore(key, at.past(began));
  event_waits = known.event_waits;
  for (const Remembered::Deletion& deletion : known.deletions) {
    deletions.push_back({at.ahead(deletion.due, policy.delete_grace), deletion.groups});
  }
  if (policy.retry_unavailable) {
    for (const auto& [product, retry] : known.retries) {
      retries.restore(product, {at.ahead(retry.due, Retries::longest_delay), retry.delay});
    }
    if (known.sweep_retry) {
      retries.restore_sweep(
          {at.ahead(known.sweep_retry->due, Retries::longest_delay), known.sweep_retry->delay});
    }
  }
  plan::Brake::Held held;
  for (const auto& [product, since] : known.braked) held.emplace(product, at.past(since));
  brake.restore(std::move(held), {known.emptied.begin(), known.emptied.end()});
  if (known.last_probe) confirming.probed_at(at.past(*known.last_probe));
  if (known.quiet_until) {
    patient.stay_quiet_until(at.ahead(*known.quiet_until, policy.bounds.retry_after_max));
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
  for (const auto& [key, began] : limits.running(at.instant)) {
    memory.windows.emplace(key, at.wall_of(began));
  }
  memory.event_waits = event_waits;
  for (const Deletion& deletion : deletions) {
    memory.deletions.push_back({at.wall_of(deletion.due), deletion.groups});
  }
  for (const auto& [product, retry] : retries.products()) {
    memory.retries.emplace(product, Remembered::Retry{at.wall_of(retry.due), retry.delay});
  }
  if (const auto& sweep_retry = retries.sweep()) {
    memory.sweep_retry = Remembered::Retry{at.wall_of(sweep_retry->due), sweep_retry->delay};
  } else if (sweeping) {
    memory.sweep_retry = Remembered::Retry{at.wall + Retries::first_delay, Retries::first_delay};
  }
  for (const auto& [product, since] : brake.held()) {
    memory.braked.emplace(product, at.wall_of(since));
  }
  if (confirming.last_probe()) memory.last_probe = at.wall_of(*confirming.last_probe());
  memory.emptied.assign(brake.emptied().begin(), brake.emptied().end());
  if (patient.quiet_until() > at.instant) memory.quiet_until = at.wall_of(patient.quiet_until());
  return memory;
}

}  // namespace vfstock::schedule
