#include "engine/schedule/panel_options.h"

namespace vfstock::schedule {

panel::HttpPanelOptions panel_options(const plan::Policy& policy) {
  panel::HttpPanelOptions options;
  options.first_page_only = policy.first_page_only;
  options.believe_status = policy.believe_status;
  options.oldest = policy.group_ttl;
  options.servers_count = policy.server_slots == capacity::ServerSlots::enforce;
  options.servers_needed = options.servers_count || !policy.node_caps.empty();
  options.node_caps = policy.node_caps;
  options.read_blocks = policy.ipv4_cap == capacity::Ipv4Cap::exact;
  options.block_ttl = policy.block_ttl;
  options.exclude_maintenance = policy.maintenance == plan::Maintenance::exclude;
  options.nesting = policy.bounds.nesting;
  options.pages = policy.bounds.pages;
  options.retry_after_max = policy.bounds.retry_after_max;
  return options;
}

}  // namespace vfstock::schedule
