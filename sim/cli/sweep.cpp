#include "sim/cli/sweep.h"

namespace vfstock::sim::cli {

namespace {

/// What is remembered can be read but not changed.
class FrozenState final : public stock::State {
 public:
  explicit FrozenState(stock::State& inner) : inner_(inner) {}
  std::optional<stock::Remembered> load() override { return inner_.load(); }
  void save(const stock::Remembered&) override {}

 private:
  stock::State& inner_;
};

/// Tells two journals.
class TwoJournals final : public stock::Journal {
 public:
  TwoJournals(stock::Journal& one, stock::Journal& other) : one_(one), other_(other) {}
  void refresh_begins(stock::Trigger trigger,
                      const std::vector<catalogue::ProductId>& only) override {
    one_.refresh_begins(trigger, only);
    other_.refresh_begins(trigger, only);
  }
  bool wants_breakdowns() const override { return true; }
  void breakdown(const capacity::Breakdown& breakdown) override {
    one_.breakdown(breakdown);
    other_.breakdown(breakdown);
  }
  void record(const stock::JournalEntry& entry) override {
    one_.record(entry);
    other_.record(entry);
  }
  void refresh_ends(const stock::RefreshReport& report) override {
    one_.refresh_ends(report);
    other_.refresh_ends(report);
  }
  void accepted(const stock::Acceptance& acceptance) override {
    one_.accepted(acceptance);
    other_.accepted(acceptance);
  }
  void trouble(const std::string& text) override {
    one_.trouble(text);
    other_.trouble(text);
  }

 private:
  stock::Journal& one_;
  stock::Journal& other_;
};

void sweep(const SweepInput& input, catalogue::Catalogue& shop, stock::Journal& journal,
           stock::State& state) {
  stock::NoBilling billing;
  stock::StockKeeper keeper({shop, input.panel, journal, state, billing, input.clock}, input.policy,
                            input.panel_host);
  keeper.recalculate(input.force, input.only);
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

Plan write_sweep(const SweepInput& input, stock::Journal& journal) {
  PlanJournal mine;
  TwoJournals both(journal, mine);
  sweep(input, input.shop, both, input.state);
  Plan plan;
  mine.fill(plan, input.shop);
  return plan;
}

}  // namespace vfstock::sim::cli
