#include "sim/cli/sync_runs.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/live_panel.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "engine/schedule/panel_options.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/seen_json.h"
#include "engine/sqlite/state_file.h"
#include "sim/cli/fleet_world.h"
#include "sim/cli/options.h"
#include "sim/cli/sweep.h"

namespace vfstock::sim::cli {

namespace {

using sqlite::SqliteDatabase;

constexpr std::chrono::seconds writers_wait{10};

/// What an earlier sync remembers, where there was one.
class EarlierState {
 public:
  explicit EarlierState(const JournalSettings& journal) {
    if (!std::filesystem::exists(journal.file)) return;
    database_ = sqlite::open_journal(journal.file, SqliteDatabase::Open::read_only);
    kept_.emplace(*database_);
  }
  schedule::State& state() { return kept_ ? static_cast<schedule::State&>(*kept_) : none_; }

 private:
  std::unique_ptr<SqliteDatabase> database_;
  std::optional<sqlite::StateFile> kept_;
  schedule::MemoryState none_;
};

/// Lets the writes of a plan through, and no others. Without a plan, all.
class PlannedShop final : public catalogue::ForwardingCatalogue {
 public:
  PlannedShop(catalogue::Catalogue& inner, const Plan* plan)
      : ForwardingCatalogue(inner), plan_(plan) {}
  catalogue::Written write(catalogue::ProductId product, const catalogue::Set& set,
                           std::int64_t seen_qty) override {
    if (plan_ == nullptr || is_planned(product, set.qty(), seen_qty)) {
      return inner().write(product, set, seen_qty);
    }
    throw catalogue::StoreError("the row moved since the plan was made");
  }

 private:
  bool is_planned(catalogue::ProductId product, std::int64_t qty, std::int64_t seen_qty) const {
    return std::any_of(plan_->products.begin(), plan_->products.end(),
                       [&](const PlannedProduct& planned) {
                         return planned.seen.row.id == product && planned.action == "write" &&
                                planned.now == seen_qty && planned.next == qty;
                       });
  }
  const Plan* plan_;
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

void refuse_unmanaged(const plan::Scope& scope, catalogue::Catalogue& shop) {
  if (scope.is_all()) return;
  for (const catalogue::ProductId id : *scope.ids()) {
    const auto row = shop.product(id);
    if (row && is_managed(*row)) continue;
    throw UsageError(fmt::format(
        "product {} is not managed: its row must exist with servertype VirtFusionDirect and "
        "stockcontrol 1",
        id.value));
  }
}

/// Before anything is opened for writing.
void refuse_unmanaged(const ShopSettings& shop, const SyncTask& task) {
  if (task.scope.is_all()) return;
  const auto database = live::open_database(shop.address, shop.password, live::Access::read_only);
  catalogue::SqlCatalogue rows(*database, policy_from(task.policy).location_option);
  refuse_unmanaged(task.scope, rows);
}

std::string terms_text(const PolicyWords& words, const std::string& panel_host) {
  return sqlite::dump({{"policy", words}, {"panel_host", panel_host}});
}

/// The shop open for writing, with its journal, and nobody else writing.
class WritableShop {
 public:
  /// `plan`: the only writes that are let through; null: all are.
  WritableShop(const ShopSettings& shop, const JournalSettings& settings, const PolicyWords& words,
               const std::string& panel_host, panel::AnswerLog& answers, const Clock& clock,
               const Plan* plan)
      : database_(live::open_database(shop.address, shop.password, live::Access::read_write)),
        journal_database_(sqlite::open_journal(settings.file, SqliteDatabase::Open::create)),
        catalogue_(*database_, policy_from(words).location_option),
        journalled_(catalogue_, journal_),
        planned_(journalled_, plan),
        journal_(*journal_database_, clock, answers, seen_,
                 {settings.retention, terms_text(words, panel_host)}) {
    if (!database_->lock_writers(writers_wait) || !journal_database_->lock_writers(writers_wait)) {
      throw catalogue::StoreError(fmt::format(
          "{}: another vfstock is writing this shop; nothing was done", database_->name()));
    }
  }

  sqlite::JournalFile& journal() { return journal_; }
  catalogue::ShopLog& rows() { return seen_; }
  schedule::State& state() { return state_; }

  void settle_unfinished(std::ostream& talk);

 private:
  std::unique_ptr<catalogue::Database> database_;
  std::unique_ptr<SqliteDatabase> journal_database_;
  catalogue::SqlCatalogue catalogue_;
  sqlite::JournalledShop journalled_;
  PlannedShop planned_;
  catalogue::ShopLog seen_{planned_};
  sqlite::JournalFile journal_;
  sqlite::StateFile state_{*journal_database_};
};

/// Looks after what an earlier run announced and nobody knows the end of.
void WritableShop::settle_unfinished(std::ostream& talk) {
  for (const sqlite::Unfinished& write : journal_.unfinished()) {
    const auto row = catalogue_.product(write.product);
    const std::string now = row ? fmt::format("holds {}", row->qty) : "is gone";
    const std::string found = fmt::format(
        "an earlier run was cut off while it wrote product {} from {} to {}; the row now {}",
        write.product.value, write.old_qty, write.new_qty, now);
    journal_.settle_unfinished(write, found);
    talk << found << "\n";
  }
}

void say_journal_failure(const sqlite::JournalFile& journal, std::ostream& talk) {
  if (!journal.failure().empty()) talk << "the journal failed: " << journal.failure() << "\n";
}

void complete(Plan& plan, const Clock& clock, const std::string& panel_host, const SyncTask& task,
              const panel::AnswerLog& log) {
  plan.made = clock.wall();
  plan.panel_host = panel_host;
  plan.policy = task.policy;
  plan.forced = task.force;
  plan.scope = task.scope;
  plan.answers = log.answered();
}

}  // namespace

Plan plan_live(const PanelSettings& panel, const ShopSettings& shop, const JournalSettings& journal,
               const SyncTask& task) {
  const plan::Policy policy = policy_from(task.policy);
  const live::RealClock clock;
  const auto database = live::open_database(shop.address, shop.password, live::Access::read_only);
  catalogue::SqlCatalogue catalogue(*database, policy.location_option);
  catalogue::ShopLog seen(catalogue);
  live::LivePanel live(panel, policy, clock);
  EarlierState earlier(journal);
  refuse_unmanaged(task.scope, catalogue);
  Plan plan = plan_sweep(
      {live.panel(), seen, earlier.state(), clock, policy, panel.host(), task.force, task.scope});
  complete(plan, clock, panel.host(), task, live.log());
  plan.shop = identity(shop.address);
  return plan;
}

Plan write_live(const PanelSettings& panel, const ShopSettings& shop,
                const JournalSettings& journal, const SyncTask& task, std::ostream& talk) {
  const plan::Policy policy = policy_from(task.policy);
  const live::RealClock clock;
  live::LivePanel live(panel, policy, clock);
  refuse_unmanaged(shop, task);
  WritableShop open(shop, journal, task.policy, panel.host(), live.log(), clock, nullptr);
  open.settle_unfinished(talk);
  Plan done = write_sweep({live.panel(), open.rows(), open.state(), clock, policy, panel.host(),
                           task.force, task.scope},
                          open.journal());
  say_journal_failure(open.journal(), talk);
  return done;
}

Plan plan_fleet(const std::string& file, const SyncTask& task) {
  const plan::Policy policy = policy_from(task.policy);
  FleetWorld world(file, policy);
  refuse_unmanaged(task.scope, world.shop());
  catalogue::ShopLog seen(world.shop());
  schedule::MemoryState none;
  return plan_sweep({world.panel(), seen, none, world.clock(), policy, "", task.force, task.scope});
}

Applied apply_plan(const Plan& plan, const ShopSettings& shop, const JournalSettings& journal,
                   std::ostream& talk) {
  if (plan.shop != identity(shop.address)) {
    Applied other;
    other.refusals.push_back(fmt::format("the plan is of the shop {}, and this is {}", plan.shop,
                                         identity(shop.address)));
    return other;
  }
  const plan::Policy policy = policy_from(plan.policy);
  const live::RealClock clock;
  panel::AnswersAgain again(plan.answers);
  panel::AnswerLog log(again, "");
  WritableShop open(shop, journal, plan.policy, plan.panel_host, log, clock, &plan);
  open.settle_unfinished(talk);
  // Decided twice, each time by a panel without memory: first to compare, then to write.
  const auto input = [&](panel::Panel& panel) {
    return SweepInput{panel,  open.rows(),     open.state(), clock,
                      policy, plan.panel_host, plan.forced,  plan.scope};
  };
  Applied applied;
  {
    panel::HttpPanel panel(log, clock, schedule::panel_options(policy));
    const Plan now = plan_sweep(input(panel));
    applied.refusals = differences(plan, now);
    if (now.store_failure) applied.refusals.push_back(*now.store_failure);
  }
  if (!applied.refusals.empty()) return applied;
  panel::HttpPanel panel(log, clock, schedule::panel_options(policy));
  applied.done = write_sweep(input(panel), open.journal());
  say_journal_failure(open.journal(), talk);
  return applied;
}

}  // namespace vfstock::sim::cli
