// One refresh while it runs: looks up what its products need in one batch, then decides, writes and
// journals one product after the other. Made for one refresh and thrown away: what it looked up is
// never used again.
//
// Nothing escapes run(): whatever goes wrong with one product becomes that product's Keep.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/capacity/capacity_batch.h"
#include "engine/stock/decider.h"
#include "engine/stock/keeper.h"
#include "engine/stock/terms.h"

namespace vfstock::stock {

class Refresh {
 public:
  /// All arguments must outlive the refresh.
  Refresh(const StockKeeper::Ports& ports, const Policy& policy, const std::string& panel_host)
      : ports_(ports), policy_(policy), panel_host_(panel_host), decider_(policy) {}

  /// Refreshes `rows`, each managed and each once.
  RefreshReport run(std::vector<catalogue::Product> rows, Trigger trigger);
  /// Decides without writing and without journal.
  Explanation explain(const catalogue::Product& row);

 private:
  struct Candidate {
    catalogue::Product row;
    Terms terms;
  };
  struct Settled {
    Decision decision;
    Outcome outcome = Outcome::kept;
    std::int64_t old_qty = 0;
    std::int64_t new_qty = 0;
  };

  Terms read_terms(const catalogue::Product& row);
  void look_up(const std::vector<Candidate>& candidates);
  bool looked_up(const Terms& terms) const;
  Decision decide(const Terms& terms);
  Settled settle(Candidate& candidate);
  Settled settle_or_throw(Candidate& candidate);
  Settled after_failed_write(const Candidate& candidate, const Decision& decision, std::int64_t qty,
                             const std::string& failure);
  std::optional<Why> read_again(Candidate& candidate);
  std::optional<catalogue::Product> managed_row(catalogue::ProductId product);
  std::vector<panel::Exchange> evidence(const Terms& terms) const;

  const StockKeeper::Ports& ports_;
  const Policy& policy_;
  const std::string& panel_host_;
  Decider decider_;
  panel::Answers answers_;
  std::optional<Why> ask_failure_;
  capacity::CapacityBatch batch_;  // after answers_, which it must not outlive
};

}  // namespace vfstock::stock
