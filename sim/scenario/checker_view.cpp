#include "sim/scenario/checker_view.h"

#include <utility>

#include "engine/plan/policy_text.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::sim::scenario {

invariants::Expectations expectations_of(const Scenario& scenario) {
  const plan::Policy& policy = scenario.judged_by;
  invariants::Expectations expected;
  expected.storage_match = plan::text_of(policy.storage_match);
  expected.ipv4_cap = plan::text_of(policy.ipv4_cap);
  expected.server_slots = plan::text_of(policy.server_slots);
  expected.shared_storage = plan::text_of(policy.shared_storage);
  expected.node_caps = policy.node_caps;
  expected.reads_blocks = schedule::panel_options(scenario.policy).read_blocks;
  expected.block_ttl = policy.block_ttl;
  expected.maintenance_excluded = policy.maintenance == plan::Maintenance::exclude;
  expected.ipv4_zero = plan::text_of(policy.ipv4_zero);
  expected.option_overrides = plan::text_of(policy.option_overrides);
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
  expected.forget = plan::text_of(policy.forget);
  expected.accept_when = plan::text_of(policy.accept_when);
  expected.reserve_pending = policy.reserve_pending;
  expected.brake_percent = policy.brake_percent;
  expected.brake_from = policy.brake_from;
  expected.brake_release = plan::text_of(policy.brake_release);
  expected.retry_unavailable = policy.retry_unavailable;
  expected.refresh_budget = policy.bounds.sweep;
  // Pools by another name than the panel's own are given up on purpose.
  const bool counts_what_fits = policy.storage_match == capacity::StorageMatch::storage_type &&
                                policy.server_slots == capacity::ServerSlots::enforce &&
                                policy.shared_storage == capacity::SharedStorage::by_name;
  expected.oversell_violates = counts_what_fits && policy.ipv4_cap == capacity::Ipv4Cap::nested;
  expected.oversell_violates_where_told =
      counts_what_fits && policy.ipv4_cap == capacity::Ipv4Cap::exact;
  expected.panel_host = scenario.panel_host;
  for (const auto& [group, hosts] : scenario.shop.server_groups) {
    expected.server_groups[group] = {hosts.begin(), hosts.end()};
  }
  return expected;
}

shop::MemoryCatalogue open_shop(const fleet::Shop& shop) {
  shop::MemoryCatalogue open;
  for (const catalogue::Product& product : shop.products) open.put(product);
  for (const auto& [product, values] : shop.options) open.set_option_values(product, values);
  for (const auto& [group, hosts] : shop.server_groups) open.set_virtfusion_hosts(group, hosts);
  return open;
}

std::vector<invariants::Row> rows_of(shop::MemoryCatalogue& shop) {
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

}  // namespace vfstock::sim::scenario
