// Syncing a real shop with a real panel, once: plan it, write it, or apply a plan that was kept.
// And the explanation of one of its products.
//
//   plan_live:  read, look up, make the plan
//   write_live: the same, then carry it out
//   apply_plan: make the plan again on the kept answers and the rows as they are now; carry it out
//               where it is the very same
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "engine/live/settings.h"
#include "engine/live/sync_plan.h"
#include "engine/plan/explanation.h"

namespace vfstock::live {

/// What of the shop is to be synced, and how.
struct SyncTask {
  plan::PolicyWords policy;
  plan::Scope scope = plan::Scope::all();
  bool force = false;  // releases the brake
};

/// All of these throw StoreError for a store that cannot be opened or is being written by another
/// program, SettingsError for what was set wrongly, std::invalid_argument for policy words of no
/// meaning; they say on `talk` what people should know.
SyncPlan plan_live(const PanelSettings& panel, const ShopSettings& shop,
                   const JournalSettings& journal, const SyncTask& task);
SyncPlan write_live(const PanelSettings& panel, const ShopSettings& shop,
                    const JournalSettings& journal, const SyncTask& task, std::ostream& talk);

/// What came of a plan: written, or refused with the reasons and nothing written.
struct AppliedPlan {
  SyncPlan done;
  std::vector<std::string> refusals;
  bool already = false;  // every row holds what the plan wanted to write: it was applied before
};
AppliedPlan apply_plan(const SyncPlan& plan, const ShopSettings& shop,
                       const JournalSettings& journal, std::ostream& talk);

/// Throws SettingsError when the product is not managed, StoreError.
plan::Explanation explain_live(const PanelSettings& panel, const ShopSettings& shop,
                               const plan::Policy& policy, catalogue::ProductId product);

}  // namespace vfstock::live
