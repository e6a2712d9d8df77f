// One refresh while it runs: looks up what its products need in one batch and decides them all,
// asks the brake, then writes and journals one product after the other. Made for one refresh and
// thrown away: what it looked up is never used again.
//
// Nothing escapes run(): whatever goes wrong with one product becomes that product's Keep.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/capacity/capacity_batch.h"
#include "engine/catalogue/catalogue.h"
#include "engine/stock/brake.h"
#include "engine/stock/decider.h"
#include "engine/stock/explanation.h"
#include "engine/stock/journal.h"
#include "engine/stock/reservations.h"
#include "engine/stock/terms.h"

namespace vfstock::stock {

class Refresh {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::Panel& panel;
    Journal& journal;
    const panel::Clock& clock;
  };
  /// What is to be refreshed, and why.
  struct Task {
    Trigger trigger = Trigger::cron;
    std::vector<catalogue::Product> rows;       // each managed and each once
    std::set<catalogue::ProductId> with_stock;  // every managed product whose qty is positive
    panel::Instant began{};
    bool is_sweep = true;
    bool brake_released = false;
  };

  /// All arguments must outlive the refresh.
  Refresh(const Ports& ports, const Policy& policy, const std::string& panel_host)
      : ports_(ports), policy_(policy), panel_host_(panel_host), decider_(policy) {}

  RefreshReport run(Task task, Brake& brake);
  /// Decides without writing and without journal.
  Explanation explain(const catalogue::Product& row);

 private:
  struct Candidate {
    catalogue::Product row;
    Terms terms;
    std::optional<Decision> decision;  // until the row is read again
  };
  struct Settled {
    Decision decision;
    Outcome outcome = Outcome::kept;
    std::int64_t old_qty = 0;
    std::int64_t new_qty = 0;
  };

  Terms read_terms(const catalogue::Product& row);
  void read_pending();
  void look_up(const std::vector<Candidate>& candidates);
  void reserve();
  std::set<catalogue::ProductId> ask_brake(const Task& task,
                                           const std::vector<Candidate>& candidates, Brake& brake);
  Decision decide_or_keep(const Candidate& candidate);
  bool looked_up(const Terms& terms) const;
  Decision decide(const Terms& terms);
  Settled settle(Candidate& candidate);
  Settled settle_or_throw(Candidate& candidate);
  Settled after_failed_write(const Candidate& candidate, const Decision& decision, std::int64_t qty,
                             const std::string& failure);
  std::optional<Why> read_again(Candidate& candidate);
  std::optional<catalogue::Product> managed_row(catalogue::ProductId product);
  std::vector<panel::Exchange> evidence(const Terms& terms) const;
  void tell_breakdown(const Terms& terms);

  const Ports& ports_;
  const Policy& policy_;
  const std::string& panel_host_;
  Decider decider_;
  panel::Answers answers_;
  std::optional<Why> ask_failure_;
  std::vector<std::pair<Terms, std::int64_t>> pending_;  // orders on their way, and their VPSes
  std::optional<Why> pending_failure_;
  std::vector<Reservation> reserved_;
  std::set<catalogue::ProductId> withheld_;  // the brake keeps their zeros back
  capacity::CapacityBatch batch_;            // after answers_, which it must not outlive
};

}  // namespace vfstock::stock
