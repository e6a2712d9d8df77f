#include "engine/live/sync.h"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/live/live_panel.h"
#include "engine/live/look.h"
#include "engine/live/open_database.h"
#include "engine/live/open_shop.h"
#include "engine/live/real_clock.h"
#include "engine/live/writable_shop.h"
#include "engine/schedule/keeper.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::live {

namespace {

using sqlite::SqliteDatabase;

/// What an earlier sync remembers, where there was one.
class EarlierState {
 public:
  explicit EarlierState(const JournalSettings& journal) {
    if (!std::filesystem::exists(journal.file)) return;
    database_ = sqlite::open_journal(journal.file, SqliteDatabase::Open::read_only);
    kept_.emplace(*database_);
  }
  /// Null: there was none.
  schedule::State* state() { return kept_ ? &*kept_ : nullptr; }

 private:
  std::unique_ptr<SqliteDatabase> database_;
  std::optional<sqlite::StateFile> kept_;
};

/// The same for everybody who means this shop: without the user, a file by its whole path.
std::string identity(const catalogue::ShopAddress& address) {
  if (address.kind == catalogue::ShopAddress::Kind::sqlite) {
    std::error_code error;
    const auto whole = std::filesystem::weakly_canonical(address.file, error);
    return "sqlite:" + (error ? address.file : whole.string());
  }
  catalogue::ShopAddress nobody = address;
  nobody.user.clear();
  nobody.ca_file.clear();
  return nobody.text();
}

/// Refuses what is not managed before anything is opened for writing.
void look_before_writing(const plan::Scope& scope, const ShopSettings& shop,
                         const plan::Policy& policy) {
  if (scope.is_all()) return;
  const auto database =
      open_database(shop.address, shop.password, Access::read_only, shop.store_wait);
  catalogue::SqlCatalogue rows(*database, policy.location_option);
  refuse_unmanaged(scope, rows);
}

/// Whether every row holds what `then` wanted to make of it, and at least one was to be written.
bool is_carried_out(const SyncPlan& then, const SyncPlan& now) {
  if (then.lines.size() != now.lines.size()) return false;
  bool any = false;
  for (std::size_t i = 0; i < then.lines.size(); ++i) {
    const SyncLine& before = then.lines[i];
    const bool was_to_change = before.action == "write";
    any |= was_to_change;
    const std::int64_t due = was_to_change ? before.next.value_or(before.now) : before.now;
    if (now.lines[i].seen.row.id != before.seen.row.id || now.lines[i].now != due) return false;
  }
  return any;
}

/// Refreshes the open shop and tells what became of it.
SyncPlan refresh(WritableShop& open, panel::Panel& panel, const Clock& clock,
                 const plan::Policy& policy, const std::string& panel_host,
                 const plan::Scope& scope, bool forced, std::ostream& talk,
                 const schedule::Approve& approve = nullptr) {
  schedule::NoBilling billing;
  schedule::StockKeeper keeper({open.rows(), panel, open.journal(), open.state(), billing, clock},
                               policy, panel_host);
  const apply::RefreshReport report = keeper.recalculate(scope, forced, approve);
  SyncPlan done = sync_plan(report, open.journal().bindings(), open.rows());
  done.forced = forced;
  done.refresh = open.journal().last_refresh();
  done.journal_failure = open.journal().failure();
  if (!done.journal_failure.empty()) {
    talk << "the journal failed: " << done.journal_failure << "\n";
  }
  return done;
}

}  // namespace

SyncPlan plan_live(const PanelSettings& panel, const ShopSettings& shop,
                   const JournalSettings& journal, const SyncTask& task) {
  const plan::Policy policy = plan::policy_from(task.policy);
  const RealClock clock;
  OpenShop open(shop, policy.location_option, Access::read_only);
  catalogue::ShopLog seen(open.rows());
  LivePanel live(panel, policy, clock);
  EarlierState earlier(journal);
  refuse_unmanaged(task.scope, open.rows());
  SyncPlan plan = plan_sync({seen, live.patient(), clock, policy, panel.host(), earlier.state()},
                            task.scope, task.force);
  plan.made = clock.wall();
  plan.policy = task.policy;
  plan.answers = live.log().answered();
  plan.shop = identity(shop.address);
  return plan;
}

SyncPlan write_live(const PanelSettings& panel, const ShopSettings& shop,
                    const JournalSettings& journal, const SyncTask& task, std::ostream& talk) {
  const plan::Policy policy = plan::policy_from(task.policy);
  const RealClock clock;
  LivePanel live(panel, policy, clock);
  look_before_writing(task.scope, shop, policy);
  WritableShop open(shop, journal, task.policy, panel.host(), live.log(), clock);
  open.settle_unfinished(talk);
  return refresh(open, live.patient(), clock, policy, panel.host(), task.scope, task.force, talk);
}

AppliedPlan apply_plan(const SyncPlan& plan, const ShopSettings& shop,
                       const JournalSettings& journal, std::ostream& talk) {
  AppliedPlan applied;
  if (plan.shop != identity(shop.address)) {
    applied.refusals.push_back(fmt::format("the plan is of the shop {}, and this is {}", plan.shop,
                                           identity(shop.address)));
    return applied;
  }
  const plan::Policy policy = plan::policy_from(plan.policy);
  const RealClock clock;
  panel::AnswersAgain again(plan.answers);
  panel::AnswerLog log(again, "");
  WritableShop open(shop, journal, plan.policy, plan.panel_host, log, clock);
  open.settle_unfinished(talk);
  panel::HttpPanel panel(log, clock, schedule::panel_options(policy));
  // Planned once to be compared, which leaves no trace, and again to be carried out as it is.
  const SyncPlan today = plan_sync(
      {open.rows(), panel, clock, policy, plan.panel_host, &open.state()}, plan.scope, plan.forced);
  applied.refusals = differences(plan, today);
  applied.already = !applied.refusals.empty() && is_carried_out(plan, today);
  if (applied.already) {
    applied.refusals.clear();
    return applied;
  }
  if (today.store_failure) applied.refusals.push_back(*today.store_failure);
  if (!applied.refusals.empty()) return applied;
  const auto is_the_plan = [&](const plan::Plan& now, const panel::LookupResults& answers) {
    applied.refusals = differences(plan, sync_plan(now, answers, open.rows()));
    return applied.refusals.empty();
  };
  applied.done = refresh(open, panel, clock, policy, plan.panel_host, plan.scope, plan.forced, talk,
                         is_the_plan);
  return applied;
}

plan::Explanation explain_live(const PanelSettings& panel, const ShopSettings& shop,
                               const plan::Policy& policy, catalogue::ProductId product) {
  const RealClock clock;
  OpenShop open(shop, policy.location_option, Access::read_only);
  catalogue::ShopLog seen(open.rows());
  LivePanel live(panel, policy, clock);
  return explain({seen, live.patient(), clock, policy, panel.host()}, product);
}

}  // namespace vfstock::live
