#include "engine/live/look.h"

#include <fmt/format.h>

#include "engine/apply/no_journal.h"
#include "engine/live/settings.h"
#include "engine/schedule/keeper.h"

namespace vfstock::live {

namespace {

/// An engine that has run before and has nothing to remember.
class NoState final : public schedule::State {
 public:
  std::optional<schedule::Remembered> load() override { return schedule::Remembered{}; }
  void save(const schedule::Remembered&) override {}
};

/// A keeper for one look.
class Onlooker {
 public:
  explicit Onlooker(const LookInput& input)
      : keeper_({input.shop, input.panel, journal_,
                 input.state != nullptr ? *input.state : static_cast<schedule::State&>(none_),
                 billing_, input.clock},
                input.policy, input.panel_host) {}
  schedule::StockKeeper& keeper() { return keeper_; }

 private:
  apply::NoJournal journal_;
  NoState none_;
  schedule::NoBilling billing_;
  schedule::StockKeeper keeper_;
};

SettingsError not_managed(catalogue::ProductId product) {
  return SettingsError(fmt::format(
      "product {} is not managed: its row must exist with servertype VirtFusionDirect and "
      "stockcontrol 1",
      product.value));
}

}  // namespace

SyncPlan plan_sync(const LookInput& input, const plan::Scope& scope, bool forced) {
  Onlooker onlooker(input);
  SyncPlan plan;
  try {
    const schedule::Planned planned = onlooker.keeper().plan(scope, forced);
    plan = sync_plan(planned.plan, planned.answers, input.shop);
  } catch (const catalogue::StoreError& error) {
    plan.store_failure = error.what();
  }
  plan.scope = scope;
  plan.forced = forced;
  plan.panel_host = input.panel_host;
  return plan;
}

plan::Explanation explain(const LookInput& input, catalogue::ProductId product) {
  auto explanation = Onlooker(input).keeper().explain(product);
  if (!explanation) throw not_managed(product);
  return *std::move(explanation);
}

void refuse_unmanaged(const plan::Scope& scope, catalogue::Catalogue& shop) {
  if (scope.is_all()) return;
  for (const catalogue::ProductId id : *scope.ids()) {
    const auto row = shop.product(id);
    if (row && is_managed(*row)) continue;
    throw not_managed(id);
  }
}

}  // namespace vfstock::live
