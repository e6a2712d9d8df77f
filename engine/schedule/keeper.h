// StockKeeper: when to look, and what else each event of the shop sets off.
//
// The shop's hooks call the triggers; limits turn many calls into few sweeps. Everything that is to
// happen later (the end of a burst, a deletion's grace, another try) is due at next_due(), and
// whoever owns the clock calls run_due() then. The keeper owns no thread and never waits. Each look
// is one refresh (refresher.h): the shop and the panel's answers are gathered, a plan is made of
// them (plan/make_plan.h) and carried out (apply/apply.h); the journal is told of each.
//
// Rules of time, each in a file of its own: rate_limiter.h (windows), retries.h (outages),
// plan/brake.h (mass zeroing), acceptance.h (orders).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/apply/journal.h"
#include "engine/base/clock.h"
#include "engine/catalogue/catalogue.h"
#include "engine/panel/panel.h"
#include "engine/plan/explanation.h"
#include "engine/plan/policy.h"
#include "engine/plan/scope.h"
#include "engine/schedule/billing.h"
#include "engine/schedule/refresher.h"
#include "engine/schedule/state.h"

namespace vfstock::schedule {

/// What the shop tells after its module created, terminated or changed a service.
struct ModuleEvent {
  enum class Action { create, terminate, change_package };
  Action action = Action::create;
  std::string module_type;  // only "VirtFusionDirect" concerns us
  catalogue::ServiceId service;
  catalogue::ProductId product;  // the service's product after the action
};

class StockKeeper {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::Panel& panel;  // asks each time; cache, backoff and confirmation are added here
    apply::Journal& journal;
    State& state;
    Billing& billing;
    const Clock& clock;
    /// Null: plans are made by make_plan() alone. One that remembers is for forecasts.
    plan::Planner* planner = nullptr;
  };
  /// Takes up what `state` remembers. Without it every window begins now, and the first sweep is
  /// due in 60 s. `panel_host` is the configured panel's host name, for products bound to a server
  /// group.
  StockKeeper(const Ports& ports, plan::Policy policy, std::string panel_host = {});
  ~StockKeeper();
  StockKeeper(const StockKeeper&) = delete;
  StockKeeper& operator=(const StockKeeper&) = delete;

  /// AfterModuleCreate, AfterModuleTerminate, AfterModuleChangePackage.
  void module_event(const ModuleEvent& event);
  /// AfterCronJob.
  void cron();
  /// ClientAreaPageCart.
  void view_cart(catalogue::ProductId product);
  /// stockRecalculate: a refresh at once. `release_brake` writes what the brake would withhold.
  /// With `approve` the plan is shown first and carried out only as it is.
  apply::RefreshReport recalculate(const plan::Scope& scope = plan::Scope::all(),
                                   bool release_brake = false, Approve approve = nullptr);
  /// The plan that recalculate() would carry out now. Nothing is written, journalled or saved.
  /// Throws StoreError when the shop cannot be read.
  Planned plan(const plan::Scope& scope = plan::Scope::all(), bool release_brake = false);

  /// When run_due() has something to do; nullopt: not until the shop calls again.
  std::optional<Instant> next_due() const;
  /// Does what is due now.
  void run_due();

  /// Decides one product without writing and without journal; nullopt when it is not managed.
  /// Throws StoreError when the shop cannot be read.
  std::optional<plan::Explanation> explain(catalogue::ProductId product);

  const plan::Policy& policy() const noexcept;
  /// What the next keeper must know to go on where this one is, as State::save() is told it.
  Remembered remembered() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vfstock::schedule
