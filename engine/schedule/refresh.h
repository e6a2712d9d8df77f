// One refresh after the other: looks up what its products need in one batch and decides them all,
// asks the brake, then writes and journals one product after the other.
//
// What stands from the refresh before is used as far as it still holds, so that a refresh costs
// what has changed: rows that the shop does not call changed, terms of rows that are the same,
// decisions whose terms, answers and reservations are the same. What was looked up is used in the
// refresh that looked it up and, beyond that, only as the cache allows.
//
// Nothing escapes run() but a shop that cannot be read at all: whatever goes wrong with one product
// becomes that product's Keep.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/capacity/capacity_batch.h"
#include "engine/catalogue/catalogue.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/plan/brake.h"
#include "engine/plan/decider.h"
#include "engine/plan/explanation.h"
#include "engine/plan/reservations.h"
#include "engine/plan/terms.h"
#include "engine/schedule/retries.h"
#include "engine/schedule/shelves.h"

namespace vfstock::schedule {

class Refresh {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::CachingPanel& panel;
    apply::Journal& journal;
    const Clock& clock;
  };
  /// What is to be refreshed, and why.
  struct Task {
    apply::Trigger trigger = apply::Trigger::cron;
    std::vector<catalogue::ProductId> only;  // empty: all, a sweep
    Instant began{};
    bool brake_released = false;
    bool report_products = false;  // whether somebody reads the report's products
    bool is_sweep() const { return only.empty(); }
  };

  /// All arguments must outlive the refresh.
  Refresh(const Ports& ports, const plan::Policy& policy, const std::string& panel_host)
      : ports_(ports),
        policy_(policy),
        decider_(policy),
        shelves_(ports.catalogue, ports.panel, policy, panel_host) {}

  /// Throws StoreError when the rows cannot be read; nothing was done then.
  apply::RefreshReport run(const Task& task, plan::Brake& brake);
  /// The products that the last run() kept for a reason that passes, by ascending product.
  const std::vector<KeptForNow>& kept_for_now() const noexcept { return kept_for_now_; }
  /// Decides without writing and without journal.
  plan::Explanation explain(const catalogue::Product& row);
  /// The rows as they were last read.
  Shelves& shelves() noexcept { return shelves_; }

 private:
  struct Settled {
    apply::Outcome outcome = apply::Outcome::kept;
    std::int64_t old_qty = 0;
    std::int64_t new_qty = 0;
  };

  void choose(const Task& task, bool only_awake);
  void settle_all(const Task& task, apply::RefreshReport& report);
  bool tells_nobody(const Task& task) const;
  void read_pending();
  void look_up(bool whole);
  void reserve();
  std::set<catalogue::ProductId> ask_brake(const Task& task, plan::Brake& brake);
  bool looked_up(const plan::Grounds& grounds) const;
  bool stands(const Shelf& shelf) const {
    return shelf.stands(ports_.panel.version(), reserved_version_);
  }
  /// nullopt: the same as `last`.
  std::optional<plan::Decision> decide(const Shelf& shelf, const plan::Decision* last);
  void make_decision(Shelf& shelf);
  void decide_or_keep(Shelf& shelf);
  void keep(Shelf& shelf, plan::Why why);
  Settled settle(Shelf& shelf);
  Settled settle_or_throw(Shelf& shelf);
  Settled after_failed_write(Shelf& shelf, std::int64_t qty, const std::string& failure);
  std::optional<plan::Why> read_again(Shelf& shelf);
  std::optional<catalogue::Product> managed_row(catalogue::ProductId product);
  std::vector<panel::Exchange> evidence(const plan::Terms& terms);
  void tell_breakdown(const Shelf& shelf);
  void take_note(const Shelf& shelf, const Settled& settled, apply::Summary& summary);
  apply::JournalEntry entry(const Shelf& shelf, const Settled& settled, apply::Trigger trigger);

  const Ports& ports_;
  const plan::Policy& policy_;
  plan::Decider decider_;
  Shelves shelves_;
  capacity::CapacityBatch batch_;

  // Of the present refresh.
  std::vector<Shelf*> chosen_;
  std::optional<plan::Why> ask_failure_;
  std::vector<std::pair<plan::Terms, std::int64_t>>
      pending_;  // orders on their way, and their VPSes
  std::optional<plan::Why> pending_failure_;
  std::vector<plan::Reservation> reserved_;
  std::uint64_t reserved_version_ = 0;       // rises when the reservations differ from before
  std::set<catalogue::ProductId> withheld_;  // the brake keeps their zeros back
  std::vector<KeptForNow> kept_for_now_;
  std::vector<catalogue::ProductId> emptied_;  // through records that are gone or disabled
};

}  // namespace vfstock::schedule
