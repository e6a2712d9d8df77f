#include "sim/cli/sweep.h"

namespace vfstock::sim::cli {

namespace {

/// What is remembered can be read but not changed.
class FrozenState final : public schedule::State {
 public:
  explicit FrozenState(schedule::State& inner) : inner_(inner) {}
  std::optional<schedule::Remembered> load() override { return inner_.load(); }
  void save(const schedule::Remembered&) override {}

 private:
  schedule::State& inner_;
};

/// Tells two journals.
class TwoJournals final : public apply::Journal {
 public:
  TwoJournals(apply::Journal& one, apply::Journal& other) : one_(one), other_(other) {}
  void refresh_begins(apply::Trigger trigger, const plan::Scope& scope) override {
    one_.refresh_begins(trigger, scope);
    other_.refresh_begins(trigger, scope);
  }
  bool wants_breakdowns() const override { return true; }
  void breakdown(const capacity::Breakdown& breakdown) override {
    one_.breakdown(breakdown);
    other_.breakdown(breakdown);
  }
  void record(const apply::JournalEntry& entry) override {
    one_.record(entry);
    other_.record(entry);
  }
  void refresh_ends(const apply::RefreshReport& report) override {
    one_.refresh_ends(report);
    other_.refresh_ends(report);
  }
  void accepted(const apply::Acceptance& acceptance) override {
    one_.accepted(acceptance);
    other_.accepted(acceptance);
  }
  void trouble(const std::string& text) override {
    one_.trouble(text);
    other_.trouble(text);
  }

 private:
  apply::Journal& one_;
  apply::Journal& other_;
};

void sweep(const SweepInput& input, catalogue::Catalogue& shop, apply::Journal& journal,
           schedule::State& state) {
  schedule::NoBilling billing;
  schedule::StockKeeper keeper({shop, input.panel, journal, state, billing, input.clock},
                               input.policy, input.panel_host);
  keeper.recalculate(input.scope, input.force);
}

}  // namespace

Plan plan_sweep(const SweepInput& input) {
  UntouchedShop untouched(input.shop);
  PlanJournal journal;
  FrozenState state(input.state);
  sweep(input, untouched, journal, state);
  Plan plan;
  journal.fill(plan, input.shop);
  return plan;
}

Plan write_sweep(const SweepInput& input, apply::Journal& journal) {
  PlanJournal mine;
  TwoJournals both(journal, mine);
  sweep(input, input.shop, both, input.state);
  Plan plan;
  mine.fill(plan, input.shop);
  return plan;
}

}  // namespace vfstock::sim::cli
