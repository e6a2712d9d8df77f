// The ways of `sync`: plan a live shop, write it, plan a fleet file, apply a plan.
#pragma once

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

#include "sim/cli/live_options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/sync_plan.h"

namespace vfstock::sim::cli {

/// What of the shop is to be synced, and how.
struct SyncTask {
  PolicyWords policy;
  plan::Scope scope = plan::Scope::all();
  bool force = false;
};

struct JournalSettings {
  std::string file;
  std::chrono::days retention{90};
};

/// All of these throw StoreError for a store that cannot be opened or is being written by another
/// program, and say on `talk` what people should know.
Plan plan_live(const PanelSettings& panel, const ShopSettings& shop, const JournalSettings& journal,
               const SyncTask& task);
Plan write_live(const PanelSettings& panel, const ShopSettings& shop,
                const JournalSettings& journal, const SyncTask& task, std::ostream& talk);
Plan plan_fleet(const std::string& file, const SyncTask& task);

/// What came of a plan: written, or refused with the reasons and nothing written.
struct Applied {
  Plan done;
  std::vector<std::string> refusals;
};
Applied apply_plan(const Plan& plan, const ShopSettings& shop, const JournalSettings& journal,
                   std::ostream& talk);

}  // namespace vfstock::sim::cli
