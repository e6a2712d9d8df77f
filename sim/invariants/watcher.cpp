#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {

bool is_module_event(const Hook& hook) {
  return hook.name.starts_with("AfterModule") && hook.module_type == "VirtFusionDirect";
}

bool is_event_trigger(std::string_view trigger) {
  return trigger.starts_with("AfterModule") || trigger == "trailing" ||
         trigger == "delayed deletion";
}

}  // namespace vfstock::sim::invariants
