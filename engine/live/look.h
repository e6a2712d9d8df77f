// One look at a shop and a panel that are open already: plans of what a sync would do, and the
// explanation of one product. Nothing is written, journalled or remembered.
#pragma once

#include <string>

#include "engine/catalogue/shop_log.h"
#include "engine/live/sync_plan.h"
#include "engine/panel/panel.h"
#include "engine/plan/explanation.h"
#include "engine/plan/policy.h"
#include "engine/schedule/state.h"

namespace vfstock::live {

struct LookInput {
  catalogue::ShopLog& shop;
  panel::Panel& panel;
  const Clock& clock;
  plan::Policy policy;
  std::string panel_host;  // empty: not known
  /// What earlier runs remember; null: nothing.
  schedule::State* state = nullptr;
};

/// Its shop, answers, time and policy words are the caller's to add. `forced` releases the brake.
SyncPlan plan_sync(const LookInput& input, const plan::Scope& scope, bool forced);

/// Throws SettingsError when the product is not managed, StoreError when the shop cannot be read.
plan::Explanation explain(const LookInput& input, catalogue::ProductId product);

/// Throws SettingsError when a product of the scope is not managed, StoreError.
void refuse_unmanaged(const plan::Scope& scope, catalogue::Catalogue& shop);

}  // namespace vfstock::live
