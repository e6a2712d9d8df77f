// Watches the engine at work and keeps the view that the daemon publishes: stands between the
// keeper and its journal, and between the keeper and its planner. Changes nothing of either.
#pragma once

#include <map>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/catalogue/shop_log.h"
#include "engine/live/serve/board.h"
#include "engine/live/serve/heart.h"
#include "engine/live/serve/log.h"
#include "engine/live/serve/metrics.h"
#include "engine/plan/planner.h"

namespace vfstock::serve {

/// What the recorder tells, and whom.
struct Observers {
  Board& board;
  Metrics& metrics;
  Log& log;
  Heart& heart;
  const Clock& clock;
};

class Recorder final : public apply::Journal, public plan::Planner {
 public:
  /// All must outlive it. `view` is where an earlier recorder, or the journal, left off.
  Recorder(apply::Journal& journal, const catalogue::ShopLog& shop, const plan::Policy& policy,
           const Observers& observers, View view)
      : journal_(journal),
        shop_(shop),
        planner_(policy),
        observers_(observers),
        view_(std::move(view)) {}

  const View& view() const noexcept { return view_; }
  /// What others know of: who writes, how the panel does. Publishes.
  void tell(Role role, const PanelView& panel);
  /// An event was handled; the sweep that follows is measured from its arrival.
  void await_write(WallTime received) { awaited_.push_back(received); }

  const panel::Questions& questions(const plan::Shop& shop, const plan::Scope& scope) override;
  const plan::Plan& plan(const plan::Shop& shop, const panel::LookupResults& answers,
                         const plan::Brake& brake, const plan::Request& request) override;

  void refresh_begins(apply::Trigger trigger, const plan::Scope& scope) override;
  bool wants_breakdowns() const override { return journal_.wants_breakdowns(); }
  void breakdown(const capacity::Breakdown& breakdown) override { journal_.breakdown(breakdown); }
  void record(const apply::JournalEntry& entry) override;
  void refresh_ends(const apply::RefreshReport& report) override;
  void accepted(const apply::Acceptance& acceptance) override;
  void trouble(const std::string& text) override;

 private:
  void note_count(const plan::PlannedProduct& planned, const panel::LookupResults& answers);
  void note_sweep(const apply::RefreshReport& report);
  void note_try();
  void note_kept(const apply::JournalEntry& entry);
  void forget_products_that_are_gone(const apply::RefreshReport& report);

  apply::Journal& journal_;
  const catalogue::ShopLog& shop_;
  plan::PlainPlanner planner_;
  Observers observers_;
  View view_;
  /// What a plan counted of a product.
  struct Counted {
    std::vector<GroupView> groups;
    std::string binding;
  };
  std::map<std::int64_t, Counted> counted_;  // of the products of the newest plan
  std::vector<WallTime> awaited_;
  apply::Trigger trigger_ = apply::Trigger::cron;
  bool is_sweep_ = false;
  bool kept_some_ = false;  // the newest sweep failed for single products alone
  Instant began_{};
};

}  // namespace vfstock::serve
