#include "sim/scenario/stage.h"

#include <utility>

#include "engine/stock/panel_options.h"
#include "engine/stock/policy_text.h"

namespace vfstock::sim::scenario {

namespace {

/// What the checker must know of the policy, in its own words.
invariants::Expectations expectations_of(const Scenario& scenario) {
  const stock::Policy& policy = scenario.judged_by;
  invariants::Expectations expected;
  expected.storage_match = stock::text_of(policy.storage_match);
  expected.ipv4_cap = stock::text_of(policy.ipv4_cap);
  expected.server_slots = stock::text_of(policy.server_slots);
  expected.ipv4_zero = stock::text_of(policy.ipv4_zero);
  expected.qty_ceiling = policy.qty_ceiling;
  expected.location_option = policy.location_option;
  expected.confirm_missing = policy.confirm_missing;
  expected.probe_interval = policy.probe_interval;
  expected.package_ttl = policy.package_ttl;
  expected.group_ttl = policy.group_ttl;
  expected.missing_ttl = policy.missing_ttl;
  expected.event_window = policy.event_window;
  expected.cron_window = policy.cron_window;
  expected.cart_window = policy.cart_window;
  expected.delete_grace = policy.delete_grace;
  expected.forget = stock::text_of(policy.forget);
  expected.accept_when = stock::text_of(policy.accept_when);
  expected.trailing_refresh = policy.trailing_refresh;
  expected.retry_unavailable = policy.retry_unavailable;
  expected.reserve_pending = policy.reserve_pending;
  expected.brake_percent = policy.brake_percent;
  expected.refresh_budget = policy.bounds.sweep;
  expected.oversell_violates = policy.ipv4_cap == capacity::Ipv4Cap::nested &&
                               policy.server_slots == capacity::ServerSlots::enforce;
  expected.panel_host = scenario.panel_host;
  for (const auto& [group, hosts] : scenario.shop.server_groups) {
    expected.server_groups[group] = {hosts.begin(), hosts.end()};
  }
  return expected;
}

catalogue::MemoryCatalogue open_shop(const fleet::Shop& shop) {
  catalogue::MemoryCatalogue open;
  for (const catalogue::Product& product : shop.products) open.put(product);
  for (const auto& [product, values] : shop.options) open.set_option_values(product, values);
  for (const auto& [group, hosts] : shop.server_groups) open.set_virtfusion_hosts(group, hosts);
  return open;
}

std::unique_ptr<PanelLink> make_link(TransportKind transport, PanelSide& side, VirtualClock& clock,
                                     const stock::Policy& policy, Recorder& recorder) {
  const auto onlooker = [&recorder](const invariants::Exchanged& exchange) {
    recorder.exchanged(exchange);
  };
  return transport == TransportKind::http ? socket_link(side, clock, policy.bounds, onlooker)
                                          : direct_link(side, clock, policy.bounds, onlooker);
}

}  // namespace

Recorder::Tables Stage::seen_tables() {
  Recorder::Tables tables;
  tables.answers = {store_.readable(), store_.writable()};
  for (const auto& [id, product] : tables_.rows()) {
    invariants::Row row;
    row.id = product.id.value;
    row.name = product.name;
    row.servertype = product.servertype;
    row.stockcontrol = product.stockcontrol;
    row.servergroup = product.servergroup;
    row.qty = product.qty;
    row.configoption1 = product.configoption1;
    row.configoption2 = product.configoption2;
    row.configoption3 = product.configoption3;
    row.configoption7 = product.configoption7;
    for (auto& value : tables_.option_values(id)) {
      row.options.emplace_back(std::move(value.option), std::move(value.value));
    }
    tables.rows.push_back(std::move(row));
  }
  for (const catalogue::PendingService& pending : tables_.pending_services()) {
    invariants::Waiting waiting;
    waiting.service = pending.service;
    waiting.product = pending.product.id.value;
    waiting.qty = pending.qty;
    waiting.ordered = clock_.now() - (clock_.wall() - pending.ordered);
    waiting.option = pending.option;
    tables.waiting.push_back(std::move(waiting));
  }
  return tables;
}

Stage::Stage(const Scenario& scenario, TransportKind transport)
    : policy_(scenario.policy),
      panel_host_(scenario.panel_host),
      side_(scenario.panel, {.tokens = {{.secret = replay_token}}}),
      tables_(open_shop(scenario.shop)),
      recorder_(expectations_of(scenario), clock_, [this] { return seen_tables(); }),
      link_(make_link(transport, side_, clock_, scenario.policy, recorder_)) {
  tables_.on_write(
      [this](catalogue::ProductId product, std::int64_t old_qty, std::int64_t new_qty) {
        recorder_.wrote(product.value, old_qty, new_qty);
      });
  shop_.on_accept([this](const shop::AcceptCall& call) { recorder_.accepting(call); });
  start();
}

void Stage::start() {
  panel_.emplace(*link_, clock_, stock::panel_options(policy_));
  keeper_ = std::make_unique<stock::StockKeeper>(
      stock::StockKeeper::Ports{store_, *panel_, recorder_, state_, shop_, clock_}, policy_,
      panel_host_);
}

void Stage::restart(bool state_lost) {
  keeper_.reset();
  if (state_lost) state_.lose();
  // What was never saved is not there either.
  recorder_.restarted(!state_.load().has_value());
  start();
}

}  // namespace vfstock::sim::scenario
