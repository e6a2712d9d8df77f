// A keeper with a memo against one that reads and decides everything anew, through any sequence of
// events, edits, outages and restarts: nobody can tell the difference.
//
// Three engines live the same life. The first follows its shop and has a memo. The second has none,
// and is told each time that anything may have changed, in the shop and on the panel. The third is
// as the first, but its journal wants no entries and its state is only asked for when it is
// replaced.
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/incremental/memo.h"
#include "engine/schedule/keeper.h"
#include "sim/shop/failing_catalogue.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::PackageId;
using sim::shop::StoreFault;
using std::chrono::seconds;

constexpr std::int64_t products = 12, packages = 4, groups = 4;

enum class Kind { remembers, told_that_all_changed, tells_nobody };

/// A shop that cannot tell what has changed.
class UntoldCatalogue final : public catalogue::ForwardingCatalogue {
 public:
  using ForwardingCatalogue::ForwardingCatalogue;
  catalogue::Changes changes_since(catalogue::Revision) override { return {}; }
};

/// The same answers, each in columns of its own and under a revision of its own.
class RenewedPanel final : public panel::Panel {
 public:
  explicit RenewedPanel(panel::Panel& inner) : inner_(inner) {}
  panel::Answers ask(const panel::Questions& questions, Milliseconds budget) override {
    panel::Answers answers = inner_.ask(questions, budget);
    for (auto& [id, told] : answers.groups) {
      const panel::GroupResources* const found = told.lookup.if_found();
      if (found == nullptr) continue;
      told.lookup = panel::Lookup<panel::GroupResources>::found(
          {1000 + ++revision_,
           std::make_shared<const capacity::HypervisorColumns>(*found->hypervisors)});
    }
    return answers;
  }
  panel::Told<panel::Connected> connect(Milliseconds budget) override {
    return inner_.connect(budget);
  }

 private:
  panel::Panel& inner_;
  std::uint64_t revision_ = 0;
};

class Journal final : public apply::Journal {
 public:
  explicit Journal(bool wants) : wants_(wants) {}
  bool wants_entries() const override { return wants_; }
  void refresh_begins(Trigger trigger, const plan::Scope& scope) override {
    common.push_back(
        fmt::format("{} of {}", name(trigger), scope.is_all() ? 0 : scope.ids()->size()));
  }
  void record(const JournalEntry& entry) override {
    std::string line = fmt::format("{} {} {} {}->{} {} '{}'", entry.at.count(), name(entry.trigger),
                                   entry.product.value, entry.old_qty, entry.new_qty,
                                   name(entry.outcome), to_text(entry.decision.why()));
    if (const Keep* keep = entry.decision.if_keep()) {
      line += fmt::format(" keep {} {}", keep->again_in.value_or(seconds{-1}).count(),
                          keep->awaits_probe);
    }
    for (const panel::Exchange& exchange : entry.evidence) line += " " + exchange.target;
    entries.push_back(line);
  }
  void refresh_ends(const RefreshReport& report) override {
    const Summary& s = report.summary;
    common.push_back(fmt::format("{} {} {} {} {} {} {}", s.total, s.updated, s.zeroed, s.unchanged,
                                 s.skipped, s.held, report.store_failure.value_or("read")));
  }
  void accepted(const Acceptance&) override {}
  void trouble(const std::string& text) override { common.push_back(text); }

  std::vector<std::string> common, entries;

 private:
  bool wants_;
};

class State final : public schedule::State {
 public:
  explicit State(bool every_moment) : every_moment_(every_moment) {}
  std::optional<Remembered> load() override { return kept_; }
  void save(const Remembered& remembered) override { kept_ = remembered; }
  bool wants_every_moment() const override { return every_moment_; }

 private:
  bool every_moment_;
  Remembered kept_;
};

struct Life {
  Life(Kind kind, const Policy& lived_by)
      : policy(lived_by),
        remembers(kind != Kind::told_that_all_changed),
        journal(kind != Kind::tells_nobody),
        state(kind != Kind::tells_nobody) {
    for (std::int64_t id = 1; id <= packages; ++id) panel.set(PackageId{id}, package_found(id));
    for (std::int64_t id = 1; id <= groups; ++id) panel.set(GroupId{id}, group_taking(2 * id));
    for (std::int64_t id = 1; id <= products; ++id) {
      shop.put(product(id, 3, std::to_string(1 + id % packages), std::to_string(1 + id % groups)));
    }
    shop.on_write([this](catalogue::ProductId id, std::int64_t from, std::int64_t to) {
      writes.push_back(fmt::format("{}: {} -> {}", id.value, from, to));
    });
    store.on_interference([this](catalogue::ProductId id, bool gone) {
      if (gone) return shop.remove(id);
      if (catalogue::Product* const row = shop.row(id)) ++row->qty;
    });
    start();
  }
  void start() {
    if (keeper) state.save(keeper->remembered());
    keeper.reset();
    memo.reset();
    if (remembers) memo.emplace(policy);
    keeper = std::make_unique<StockKeeper>(
        StockKeeper::Ports{remembers ? static_cast<catalogue::Catalogue&>(store) : untold,
                           remembers ? static_cast<panel::Panel&>(panel) : renewed, journal, state,
                           billing, clock, memo ? &*memo : nullptr},
        policy, "cp.example");
  }

  Policy policy;
  bool remembers;
  panel::FakeClock clock;
  panel::FakePanel panel;
  RenewedPanel renewed{panel};
  sim::shop::MemoryCatalogue shop;
  sim::shop::FailingCatalogue store{shop};
  UntoldCatalogue untold{store};
  Journal journal;
  State state;
  NoBilling billing;
  std::vector<std::string> writes;
  std::optional<incremental::Memo> memo;
  std::unique_ptr<StockKeeper> keeper;
};

/// Chance of one step, drawn once and lived by all.
struct Step {
  int what = 0;
  std::int64_t product = 1, package = 1, group = 1, number = 0;
  bool coin = false;
};

Step any_step() {
  return {*rc::gen::inRange(0, 20),
          *rc::gen::inRange<std::int64_t>(1, products + 2),
          *rc::gen::inRange<std::int64_t>(1, packages + 2),
          *rc::gen::inRange<std::int64_t>(1, groups + 2),
          *rc::gen::inRange<std::int64_t>(0, 5),
          *rc::gen::arbitrary<bool>()};
}

Policy any_policy() {
  Policy policy =
      *preset(*rc::gen::element<std::string>("default", "default", "strict", "classic"));
  if (*rc::gen::inRange(0, 4) == 0) policy.qty_ceiling = 5;
  if (*rc::gen::inRange(0, 4) == 0) policy.forget = Forget::none;
  if (*rc::gen::inRange(0, 4) == 0) policy.reserve_pending = true;
  return policy;
}

void edit_row(Life& life, const Step& step) {
  catalogue::Product* const row = life.shop.row(pid(step.product));
  if (row == nullptr) {
    return life.shop.put(product(step.product, step.number, std::to_string(step.package)));
  }
  switch (step.number) {
    case 0:
      row->configoption1 = std::to_string(step.group);
      return;
    case 1:
      row->configoption2 = step.coin ? "" : std::to_string(step.package);
      return;
    case 2:
      row->configoption7 = step.coin ? "50" : "0";
      return;
    case 3:
      row->stockcontrol = step.coin ? 0 : 1;
      return;
    default:
      row->servergroup = step.coin ? step.group : 0;
      return;
  }
}

void edit_shop(Life& life, const Step& step) {
  if (step.number == 0) return life.shop.remove(pid(step.product));
  if (step.number == 1) {
    return life.shop.set_option_values(pid(step.product),
                                       {{"Location", std::to_string(step.group)}, {"Size", "9"}});
  }
  if (step.number == 2) {
    return life.shop.set_virtfusion_hosts(step.group, {step.coin ? "cp.example" : "other.example"});
  }
  if (life.shop.find(pid(step.product)) != nullptr) {
    life.shop.set_qty(pid(step.product), step.number - 2);
  }
}

void break_asking(Life& life, bool broken) {
  life.panel.on_ask = nullptr;
  if (broken) life.panel.on_ask = [] { throw std::runtime_error("nobody thought of this"); };
}

void change_panel(Life& life, const Step& step) {
  const panel::Unavailable silent{panel::Reason::throttled, "429 from the panel",
                                  step.coin ? std::optional(seconds{90}) : std::nullopt};
  if (step.what == 11) {
    if (step.number == 0) return life.panel.set(PackageId{step.package}, panel::Missing{});
    if (step.number == 1) return life.panel.set(PackageId{step.package}, silent);
    return life.panel.set(PackageId{step.package}, package_found(step.package, step.number > 2));
  }
  if (step.what == 13 && step.number > 1) return break_asking(life, step.coin);
  if (step.number == 0) return life.panel.set(GroupId{step.group}, panel::Missing{});
  if (step.number == 1) return life.panel.set(GroupId{step.group}, silent);
  if (step.number == 2) return life.panel.set(GroupId{step.group}, group_unlimited());
  life.panel.set(GroupId{step.group}, group_taking(step.product));
}

void order(Life& life, const Step& step) {
  if (step.coin) return life.shop.remove_pending(step.product);
  catalogue::PendingService service;
  service.service = step.product;
  service.ordered = life.clock.wall();
  service.product.id = pid(step.product);
  if (step.number > 2) service.option = std::to_string(step.group);
  life.shop.put(service);
}

void break_store(Life& life, const Step& step) {
  constexpr StoreFault faults[] = {StoreFault::reads, StoreFault::writes, StoreFault::writes_done,
                                   StoreFault::row_changed, StoreFault::row_gone};
  life.store.fail(faults[step.number], "the store is down");
}

void pass(Life& life, Milliseconds time) {
  const Instant end = life.clock.now() + time;
  while (life.keeper->next_due() && *life.keeper->next_due() <= end) {
    const auto wait = *life.keeper->next_due() - life.clock.now();
    if (wait.count() > 0) life.clock.advance(wait);
    life.keeper->run_due();
  }
  life.clock.advance(end - life.clock.now());
}

void take(Life& life, const Step& step) {
  using Action = ModuleEvent::Action;
  constexpr seconds waits[] = {seconds{1}, seconds{31}, seconds{61}, seconds{125}, seconds{700}};
  const ModuleEvent event{step.coin ? Action::create : Action::terminate, "VirtFusionDirect",
                          ServiceId{1}, pid(step.product)};
  if (step.what < 6) return pass(life, waits[step.number]);
  if (step.what < 8) return life.keeper->module_event(event);
  if (step.what == 8) return edit_row(life, step);
  if (step.what == 9) return edit_shop(life, step);
  if (step.what < 14) return change_panel(life, step);
  if (step.what == 14) return order(life, step);
  if (step.what == 15) return step.coin ? life.store.heal() : break_store(life, step);
  if (step.what == 16) return life.keeper->view_cart(pid(step.product));
  if (step.what == 17) return life.keeper->cron();
  if (step.what == 18) return life.start();
  const Scope scope = step.number == 0 ? Scope::of({pid(step.product), pid(1)}) : Scope::all();
  const RefreshReport report = life.keeper->recalculate(scope, step.coin);
  for (const auto& [id, qty] : report.qty) {
    life.writes.push_back(fmt::format("{} is {}", id.value, qty.value_or(-1)));
  }
}

std::vector<std::string> asked_of(const Life& life) {
  std::vector<std::string> asked;
  for (const panel::Questions& questions : life.panel.asked) {
    std::string line = "asked";
    for (const PackageId id : questions.packages) line += fmt::format(" package {}", id.value);
    for (const GroupId id : questions.groups) line += fmt::format(" group {}", id.value);
    asked.push_back(line);
  }
  return asked;
}

void compare(const Life& one, const Life& other, bool entries) {
  if (entries) RC_ASSERT(one.journal.entries == other.journal.entries);
  RC_ASSERT(one.journal.common == other.journal.common);
  RC_ASSERT(one.writes == other.writes);
  RC_ASSERT(asked_of(one) == asked_of(other));
  RC_ASSERT(one.panel.probes == other.panel.probes);
  RC_ASSERT(one.keeper->next_due() == other.keeper->next_due());
  RC_ASSERT(one.keeper->remembered() == other.keeper->remembered());
}

RC_GTEST_PROP(AKeeperWithAMemo, IsAsIfEverythingWereReadAndDecidedAnew, ()) {
  const Policy policy = any_policy();
  Life remembering(Kind::remembers, policy);
  Life anew(Kind::told_that_all_changed, policy);
  Life quiet(Kind::tells_nobody, policy);
  const int steps = *rc::gen::inRange(1, 80);
  for (int n = 0; n < steps; ++n) {
    const Step step = any_step();
    for (Life* const life : {&remembering, &anew, &quiet}) take(*life, step);
    compare(remembering, anew, true);
    compare(remembering, quiet, false);
  }
}

}  // namespace
}  // namespace vfstock::stock
