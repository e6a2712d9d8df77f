// What a sweep would write and why, with the evidence it rests on.
//
// A plan is made by the engine itself over a shop that takes no writes. Kept in a file it can be
// applied later: the engine decides again on the kept answers and the rows as they are then, and
// writes only if it comes to the very same plan. So a plan cannot be edited into a write.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/catalogue/shop_log.h"
#include "engine/panel/answer_log.h"
#include "engine/sqlite/journal_file.h"
#include "sim/cli/policy_options.h"

namespace vfstock::sim::cli {

struct PlannedProduct {
  catalogue::SeenProduct seen;
  std::string action;  // "write", "unchanged", "keep" or "hold"
  std::int64_t now = 0;
  std::optional<std::int64_t> next;  // absent with "keep"
  std::string cause, why;
  std::string binding;  // "cores", "cores/ipv4"; empty where nothing was counted
};

struct Plan {
  WallTime made{};
  std::string shop;  // which one it was made for, whoever looks at it
  std::string panel_host;
  PolicyWords policy;
  bool forced = false;  // the brake was released
  plan::Scope scope = plan::Scope::all();
  std::vector<PlannedProduct> products;
  std::map<std::int64_t, std::vector<std::string>> hosts;  // of server groups
  panel::Answered answers;
  apply::Summary summary;
  /// The shop could not be read at all. Such a plan is never kept.
  std::optional<std::string> store_failure;
  bool outside_failed = false;  // something was kept for a reason that passes
};

/// Collects what the engine decides.
class PlanJournal final : public apply::Journal {
 public:
  void refresh_begins(apply::Trigger, const plan::Scope&) override {}
  bool wants_breakdowns() const override { return true; }
  void breakdown(const capacity::Breakdown& breakdown) override;
  void record(const apply::JournalEntry& entry) override;
  void refresh_ends(const apply::RefreshReport& report) override;
  void accepted(const apply::Acceptance&) override {}
  void trouble(const std::string& text) override { troubles_.push_back(text); }

  /// Decisions, summary and failures; the rows are those of `shop`.
  void fill(Plan& plan, const catalogue::ShopLog& shop) const;
  const std::vector<std::string>& troubles() const { return troubles_; }

 private:
  std::map<catalogue::ProductId, PlannedProduct> products_;
  std::string binding_;
  apply::Summary summary_;
  std::optional<std::string> store_failure_;
  bool outside_failed_ = false;
  std::vector<std::string> troubles_;
};

/// A shop that says yes to every write and does none.
class UntouchedShop final : public catalogue::ForwardingCatalogue {
 public:
  using ForwardingCatalogue::ForwardingCatalogue;
  catalogue::Written write(catalogue::ProductId, const catalogue::Set&, std::int64_t) override {
    return catalogue::Written::yes;
  }
};

/// What differs, one sentence each; empty when `now` would write exactly what `then` says.
std::vector<std::string> differences(const Plan& then, const Plan& now);

}  // namespace vfstock::sim::cli
