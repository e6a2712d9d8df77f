#include "sim/scenario/stage.h"

#include <utility>

#include "engine/stock/panel_options.h"
#include "engine/stock/policy_text.h"

namespace vfstock::sim::scenario {

namespace {

/// What the checker must know of the policy, in its own words.
invariants::Expectations expectations_of(const Scenario& scenario) {
  const stock::Policy& policy = scenario.policy;
  invariants::Expectations expected;
  expected.storage_match = stock::text_of(policy.storage_match);
  expected.ipv4_cap = stock::text_of(policy.ipv4_cap);
  expected.server_slots = stock::text_of(policy.server_slots);
  expected.ipv4_zero = stock::text_of(policy.ipv4_zero);
  expected.qty_ceiling = policy.qty_ceiling;
  expected.location_option = policy.location_option;
  expected.confirm_missing = policy.confirm_missing;
  expected.probe_interval = policy.probe_interval;
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

std::vector<invariants::Row> rows_of(catalogue::MemoryCatalogue& shop) {
  std::vector<invariants::Row> rows;
  for (const auto& [id, product] : shop.rows()) {
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
    for (auto& value : shop.option_values(id)) {
      row.options.emplace_back(std::move(value.option), std::move(value.value));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Stage::Stage(const Scenario& scenario, TransportKind transport)
    : side_(scenario.panel, {.tokens = {{.secret = replay_token}}}),
      shop_(open_shop(scenario.shop)),
      recorder_(expectations_of(scenario), clock_, [this] { return rows_of(shop_); }),
      link_(make_link(transport, side_, clock_, scenario.policy, recorder_)),
      panel_(*link_, clock_, stock::panel_options(scenario.policy)),
      confirming_(panel_, clock_, scenario.policy.probe_interval),
      keeper_({shop_,
               scenario.policy.confirm_missing ? static_cast<panel::Panel&>(confirming_) : panel_,
               recorder_, clock_},
              scenario.policy, scenario.panel_host) {
  shop_.on_write([this](catalogue::ProductId product, std::int64_t old_qty, std::int64_t new_qty) {
    recorder_.wrote(product.value, old_qty, new_qty);
  });
}

template <class Refresh>
void Stage::traced(stock::Trigger trigger, std::optional<std::int64_t> product, Refresh refresh) {
  recorder_.refresh_begins(trigger, product);
  recorder_.refresh_ends(refresh());
}

void Stage::sweep(stock::Trigger trigger) {
  traced(trigger, std::nullopt, [&] { return keeper_.sweep(trigger); });
}

void Stage::refresh(std::int64_t product, stock::Trigger trigger) {
  traced(trigger, product, [&] { return keeper_.refresh(catalogue::ProductId{product}, trigger); });
}

}  // namespace vfstock::sim::scenario
