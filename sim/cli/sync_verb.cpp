// vfstock sync: one sweep of the shop.

#include <filesystem>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "engine/live/look.h"
#include "engine/live/plan_file.h"
#include "engine/live/real_clock.h"
#include "engine/live/sync.h"
#include "engine/live/undo.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/seen_json.h"
#include "engine/sqlite/trial_shop.h"
#include "sim/cli/fleet_world.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/sync_text.h"
#include "sim/cli/verb.h"
#include "sim/cli/whole_file.h"
#include "sim/document/document.h"
#include "sim/fleet/fleet.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions sync_options() {
  VerbOptions options{
      .verb = "sync",
      .usage = "vfstock sync [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock sync --dry-run --panel https://panel.example/api/v1 --token-file token \\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password\n"
          "  vfstock sync --dry-run --out plan.json ...  and later  vfstock sync --apply plan.json "
          "...\n"
          "  vfstock sync --undo 311 --dry-run ...  and then  vfstock sync --undo 311 ...\n"
          "  vfstock sync --dry-run --trial scenarios/fleets/small-shop.json --shop "
          "sqlite:shop.db ...\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()                                                          //
      ("dry-run", po::bool_switch(), "show what would be written, and write nothing")  //
      ("out", po::value<std::string>()->value_name("FILE"),
       "keep the plan of a dry run, with the evidence it rests on")  //
      ("apply", po::value<std::string>()->value_name("FILE"),
       "write exactly what this plan says, or refuse where a row has moved")  //
      ("max-age", po::value<std::string>()->value_name("D")->default_value("1h"),
       "with --apply: how old the plan may be")  //
      ("undo", po::value<std::int64_t>()->value_name("REFRESH"),
       "give back what this refresh replaced, as the journal numbers it, where the rows still hold "
       "what it wrote")  //
      ("fleet", po::value<std::string>()->value_name("FILE"),
       "plan from a fleet file instead of a panel and a shop")  //
      ("trial", po::value<std::string>()->value_name("FLEET"),
       "first make the shop's SQLite file with the products of this fleet file, unless it is there")
      //
      ("product", po::value<std::vector<std::int64_t>>()->value_name("ID")->composing(),
       "this product alone; repeat for more")  //
      ("force", po::bool_switch(),
       "write falls that the brake would hold; on the command line only")                       //
      ("json", po::bool_switch(), "machine output on stdout")                                   //
      ("quiet", po::bool_switch(), "say nothing where nothing was written and nothing failed")  //
      ("exit-code", po::bool_switch(),
       "exit with 5 instead of 0 where something was or would be written");
  add_journal_options(options.named);
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_policy_options(options.named);
  return options;
}

void make_trial_shop(const std::string& fleet_file, const catalogue::ShopAddress& address,
                     const Invocation& invocation) {
  if (address.kind != catalogue::ShopAddress::Kind::sqlite) {
    throw UsageError("--trial: a trial shop is an SQLite file; expected --shop sqlite:FILE");
  }
  if (std::filesystem::exists(address.file)) return;
  const auto fleet = fleet::read_fleet(fleet_file);
  if (!fleet.shop) throw UsageError(fleet_file + ": holds no shop");
  sqlite::create_trial_shop(address.file,
                            {fleet.shop->products, fleet.shop->options, fleet.shop->server_groups});
  invocation.err << fmt::format("made a trial shop of {} products: {}\n",
                                fleet.shop->products.size(), address.text());
}

plan::Scope scope_from(const po::variables_map& values) {
  if (!values.contains("product")) return plan::Scope::all();
  std::vector<catalogue::ProductId> products;
  for (const std::int64_t id : values["product"].as<std::vector<std::int64_t>>()) {
    products.push_back(catalogue::ProductId{id});
  }
  return plan::Scope::of(std::move(products));
}

live::SyncPlan read_plan(const std::string& file) {
  const document::Json kept = document::read_file(file);
  try {
    return live::plan_from(kept);
  } catch (const live::SettingsError& error) {
    throw document::DocumentError(file + ": " + error.what());
  }
}

live::SyncPlan plan_fleet(const std::string& file, const live::SyncTask& task) {
  const plan::Policy policy = policy_from(task.policy);
  FleetWorld world(file, policy);
  live::refuse_unmanaged(task.scope, world.shop());
  catalogue::ShopLog seen(world.shop());
  return live::plan_sync({seen, world.panel(), world.clock(), policy, ""}, task.scope, task.force);
}

int status_of(const live::SyncPlan& plan) {
  if (plan.store_failure || plan.outside_failed || !plan.journal_failure.empty()) {
    return Status::outside_failed;
  }
  // A mass fall that was let through must not pass for an ordinary day, whoever did it.
  return plan.summary.held > 0 || plan.released > 0 ? Status::held : Status::good;
}

bool changes(const live::SyncPlan& plan) { return plan.summary.updated + plan.summary.zeroed > 0; }

/// The exit status as --exit-code wants it.
int final_status(const live::SyncPlan& plan, const po::variables_map& values) {
  const int status = status_of(plan);
  const bool tells = values["exit-code"].as<bool>() && changes(plan);
  return status == Status::good && tells ? Status::changed : status;
}

void show(const live::SyncPlan& plan, bool written, const po::variables_map& values,
          const Invocation& invocation) {
  const bool json = values["json"].as<bool>();
  if (values["quiet"].as<bool>() && status_of(plan) == Status::good && !changes(plan)) return;
  if (json) {
    invocation.out
        << sync_json(plan, written).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
        << "\n";
  } else if (!plan.store_failure) {
    print_plan(plan, written, invocation.out);
  }
  if (plan.store_failure) {
    invocation.err << "vfstock sync: the shop could not be read: " << *plan.store_failure << "\n";
    return;
  }
  invocation.err << summary_text(plan, written) << "\n";
  if (written && plan.refresh && changes(plan)) {
    invocation.err << fmt::format(
        "refresh {} in the journal; sync --undo {} gives back what it "
        "replaced\n",
        *plan.refresh, *plan.refresh);
  }
  if (plan.summary.held > 0) {
    invocation.err << "the brake holds: too many products would fall at once; look at the panel, "
                      "then use --force"
                   << (values.contains("undo") ? "\n" : ", or sync again in ten minutes\n");
  }
  if (plan.released > 0) {
    invocation.err << fmt::format("the brake lets {} product{} fall: {}\n", plan.released,
                                  plan.released == 1 ? "" : "s",
                                  plan.forced ? "--force says so" : "a second look found the same");
  }
}

/// The plan made by a dry run, shown and kept.
int finish_plan(const live::SyncPlan& plan, const po::variables_map& values,
                const Invocation& invocation) {
  show(plan, false, values, invocation);
  if (!plan.store_failure && values.contains("out")) {
    const std::string& file = values["out"].as<std::string>();
    write_whole_file(file, sqlite::dump(live::plan_json(plan)) + "\n");
    invocation.err << "kept as " << file << "; vfstock sync --apply " << file
                   << " writes exactly this, or refuses\n";
  }
  return final_status(plan, values);
}

/// A file is trusted no more than the wire: it must be of this panel, and of now.
void refuse_unfit(const live::SyncPlan& plan, const po::variables_map& values) {
  const auto age_max = duration_from(values["max-age"].as<std::string>());
  if (!age_max) throw UsageError("--max-age: expected a duration such as 90s, 5m or 2h");
  try {
    live::refuse_stale(plan, live::RealClock().wall(), *age_max);
    if (values.contains("panel")) {
      live::refuse_other_panel(plan, panel_name(values));
    }
  } catch (const live::SettingsError& error) {
    throw document::DocumentError(values["apply"].as<std::string>() + ": " + error.what());
  }
}

int apply(const po::variables_map& values, const live::JournalSettings& journal,
          const Invocation& invocation) {
  const live::SyncPlan plan = read_plan(values["apply"].as<std::string>());
  refuse_unfit(plan, values);
  const live::RealClock clock;
  invocation.err << fmt::format(
      "the plan is {} minutes old\n",
      std::chrono::floor<std::chrono::minutes>(clock.wall() - plan.made).count());
  const live::AppliedPlan applied =
      live::apply_plan(plan, shop_settings(values, invocation), journal, invocation.err);
  if (applied.already) {
    invocation.err << "the plan was applied before: every row holds what it says\n";
    return Status::good;
  }
  if (applied.refusals.empty()) {
    show(applied.done, true, values, invocation);
    return final_status(applied.done, values);
  }
  for (const std::string& refusal : applied.refusals) invocation.err << refusal << "\n";
  invocation.err << "vfstock sync: the plan no longer holds, and nothing was written; make a new "
                    "one with --dry-run --out\n";
  return Status::bad_answer;
}

void refuse_contradictions(const po::variables_map& values) {
  const bool dry = values["dry-run"].as<bool>();
  if (values.contains("out") && !dry) throw UsageError("--out needs --dry-run");
  if (values.contains("fleet") && !dry) throw UsageError("--fleet needs --dry-run");
  if (values.contains("fleet") && values.contains("out")) {
    throw UsageError("--out: a plan of a fleet file could not be applied to any shop");
  }
  if (values.contains("undo")) {
    for (const char* other : {"apply", "out", "fleet", "trial", "product"}) {
      if (!values.contains(other)) continue;
      throw UsageError(std::string("--undo takes back one refresh; it does not go with --") +
                       other);
    }
  }
  if (!values.contains("apply")) return;
  if (dry || values.contains("product") || values["force"].as<bool>()) {
    throw UsageError(
        "--apply does what the plan says; it goes with neither --dry-run, --product "
        "nor --force");
  }
}

int undo(const po::variables_map& values, const live::JournalSettings& journal,
         const Invocation& invocation) {
  const bool dry = values["dry-run"].as<bool>();
  const live::UndoTask task{values["undo"].as<std::int64_t>(), values["force"].as<bool>()};
  const ShopSettings shop = shop_settings(values, invocation);
  const live::SyncPlan plan = dry ? live::plan_undo(shop, journal, task)
                                  : live::undo_live(shop, journal, task, invocation.err);
  show(plan, !dry, values, invocation);
  const bool some_left = plan.summary.skipped > 0;
  if (some_left) {
    invocation.err << fmt::format("{} row{} left as {}: changed since refresh {}\n",
                                  plan.summary.skipped, plan.summary.skipped == 1 ? " is" : "s are",
                                  plan.summary.skipped == 1 ? "it is" : "they are", task.refresh);
  }
  const int status = final_status(plan, values);
  return some_left && (status == Status::good || status == Status::changed) ? Status::bad_answer
                                                                            : status;
}

/// Nothing was done without a journal.
void tell_unusable_journal(const std::string& why, const po::variables_map& values,
                           const Invocation& invocation) {
  invocation.err << "vfstock sync: " << report::clean(why) << "\n";
  if (!values["json"].as<bool>()) return;
  live::SyncPlan nothing;
  nothing.journal_failure = why;
  invocation.out << sqlite::dump(sync_json(nothing, false)) << "\n";
}

int sync(const po::variables_map& values, const Invocation& invocation) {
  const live::JournalSettings journal = journal_settings(values, invocation);
  const bool writes =
      !values["dry-run"].as<bool>() && !values.contains("fleet") && !values.contains("undo");
  if (writes) announce_new_journal(values, invocation);
  if (values.contains("apply")) return apply(values, journal, invocation);
  if (values.contains("undo")) return undo(values, journal, invocation);
  const live::SyncTask task{policy_words(values), scope_from(values), values["force"].as<bool>()};
  policy_from(task.policy);
  if (values.contains("fleet")) {
    return finish_plan(plan_fleet(values["fleet"].as<std::string>(), task), values, invocation);
  }
  const PanelSettings panel = panel_settings(values, invocation);
  const ShopSettings shop = shop_settings(values, invocation);
  if (values.contains("trial")) {
    make_trial_shop(values["trial"].as<std::string>(), shop.address, invocation);
  }
  if (values["dry-run"].as<bool>()) {
    return finish_plan(live::plan_live(panel, shop, journal, task), values, invocation);
  }
  const live::SyncPlan done = live::write_live(panel, shop, journal, task, invocation.err);
  show(done, true, values, invocation);
  return final_status(done, values);
}

}  // namespace

int sync_verb(const Invocation& invocation) {
  const auto values = read_options(sync_options(), invocation);
  if (!values) return Status::good;
  refuse_contradictions(*values);
  try {
    return sync(*values, invocation);
  } catch (const sqlite::JournalUnusable& error) {
    tell_unusable_journal(error.what(), *values, invocation);
    return Status::outside_failed;
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock sync: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
