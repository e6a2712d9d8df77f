#include "engine/live/undo.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/apply/apply.h"
#include "engine/live/open_shop.h"
#include "engine/live/real_clock.h"
#include "engine/live/writable_shop.h"
#include "engine/plan/undo.h"
#include "engine/sqlite/journal_reader.h"

namespace vfstock::live {

namespace {

using sqlite::SqliteDatabase;

/// The refresh as the journal has it, with the policy under which it was made.
struct Undone {
  std::vector<plan::WrittenQty> writes;
  plan::PolicyWords words;
  plan::Policy policy;
  std::string panel_host;
};

std::vector<plan::WrittenQty> writes_of(const sqlite::KeptRefresh& refresh,
                                        const std::set<catalogue::ProductId>& written_later) {
  std::vector<plan::WrittenQty> writes;
  for (const sqlite::KeptDecision& decision : refresh.decisions) {
    if (decision.outcome != "wrote") continue;
    writes.push_back({decision.product, decision.name, decision.old_qty, decision.new_qty,
                      written_later.contains(decision.product)});
  }
  std::sort(writes.begin(), writes.end(),
            [](const auto& one, const auto& other) { return one.product < other.product; });
  return writes;
}

Undone read_undone(const std::string& file, std::int64_t id) {
  if (!std::filesystem::exists(file)) {
    throw SettingsError(file + ": there is no such file; --journal names another");
  }
  const auto journal = sqlite::open_journal(file, SqliteDatabase::Open::read_only);
  const auto refresh = sqlite::kept_refresh(*journal, id);
  if (!refresh) {
    throw SettingsError(fmt::format(
        "{}: there is no refresh {}; vfstock journal --outcome wrote tells their numbers", file,
        id));
  }
  Undone undone{writes_of(*refresh, sqlite::written_after(*journal, id)), {}, {}, {}};
  if (undone.writes.empty()) {
    throw SettingsError(fmt::format("{}: refresh {} wrote nothing", file, id));
  }
  const auto terms = nlohmann::json::parse(refresh->terms);
  undone.words = terms.at("policy").get<plan::PolicyWords>();
  undone.policy = plan::policy_from(undone.words);
  terms.at("panel_host").get_to(undone.panel_host);
  return undone;
}

plan::Shop rows_now(catalogue::Catalogue& rows) {
  plan::Shop shop;
  for (catalogue::Product& row : rows.managed_products()) {
    shop.products.push_back({std::move(row), std::nullopt, std::nullopt, 0});
  }
  return shop;
}

plan::Scope scope_of(const Undone& undone) {
  std::vector<catalogue::ProductId> products;
  for (const plan::WrittenQty& write : undone.writes) products.push_back(write.product);
  return plan::Scope::of(std::move(products));
}

/// The brake as it is before any sweep: one that holds something is no business of an undo.
plan::Plan undo_plan(const Undone& undone, const plan::Shop& shop, bool force) {
  plan::Request request;
  request.scope = scope_of(undone);
  request.brake = force ? plan::BrakeUse::release : plan::BrakeUse::ask;
  return plan::Undo::plan(undone.writes, shop, undone.policy, plan::Brake(undone.policy), request);
}

}  // namespace

SyncPlan plan_undo(const ShopSettings& shop, const JournalSettings& journal, const UndoTask& task) {
  const Undone undone = read_undone(journal.file, task.refresh);
  OpenShop open(shop, undone.policy.location_option, Access::read_only);
  catalogue::ShopLog seen(open.rows());
  const plan::Shop rows = rows_now(seen);
  SyncPlan plan = sync_plan(undo_plan(undone, rows, task.force), {}, seen);
  plan.forced = task.force;
  return plan;
}

SyncPlan undo_live(const ShopSettings& shop, const JournalSettings& journal, const UndoTask& task,
                   std::ostream& talk) {
  const Undone undone = read_undone(journal.file, task.refresh);
  const RealClock clock;
  panel::AnswersAgain nothing_asked({});
  panel::AnswerLog log(nothing_asked, "");
  WritableShop open(shop, journal, undone.words, undone.panel_host, log, clock);
  open.settle_unfinished(talk);
  open.journal().refresh_begins(apply::Trigger::undo, scope_of(undone));
  apply::RefreshReport report;
  try {
    const plan::Shop rows = rows_now(open.rows());
    const panel::LookupResults nothing_known;
    report = apply::apply(undo_plan(undone, rows, task.force), {rows, nothing_known, undone.policy},
                          {open.rows(), open.journal(), clock}, {apply::Trigger::undo, true, false})
                 .report;
  } catch (const catalogue::StoreError& error) {
    report.store_failure = error.what();
  }
  open.journal().refresh_ends(report);
  SyncPlan done = sync_plan(report, {}, open.rows());
  done.forced = task.force;
  done.refresh = open.journal().last_refresh();
  done.journal_failure = open.journal().failure();
  return done;
}

}  // namespace vfstock::live
