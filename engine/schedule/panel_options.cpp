#include "engine/schedule/panel_options.h"

namespace vfstock::schedule {

panel::HttpPanelOptions panel_options(const plan::Policy& policy) {
  panel::HttpPanelOptions options;
  options.first_page_only = policy.first_page_only;
  options.believe_status = policy.believe_status;
  options.oldest = policy.group_ttl;
  options.servers_needed = policy.server_slots == capacity::ServerSlots::enforce;
  options.nesting = policy.bounds.nesting;
  options.pages = policy.bounds.pages;
  options.retry_after_max = policy.bounds.retry_after_max;
  return options;
}

}  // namespace vfstock::schedule
