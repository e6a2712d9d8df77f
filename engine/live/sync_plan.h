// What a sync would write or has written, product by product, with the evidence it rests on: what a
// person is shown and what a plan file holds.
//
// A kept plan cannot be edited into a write: to apply it the engine plans again on the kept answers
// and the rows as they are then, and writes only if it comes to the very same.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/catalogue/shop_log.h"
#include "engine/panel/answer_log.h"
#include "engine/plan/plan.h"
#include "engine/plan/policy_fields.h"
#include "engine/plan/scope.h"

namespace vfstock::live {

struct SyncLine {
  catalogue::SeenProduct seen;
  std::string action;  // "write", "unchanged", "keep" or "hold"
  std::int64_t now = 0;
  std::optional<std::int64_t> next;  // absent with "keep"
  std::string cause, why;
  std::string binding;        // "cores", "cores/ipv4"; empty where nothing was counted
  bool kept_for_now = false;  // for a reason that passes
};

struct SyncPlan {
  WallTime made{};
  std::string shop;  // which one it was made for, whoever looks at it
  std::string panel_host;
  plan::PolicyWords policy;
  bool forced = false;  // the brake was released
  plan::Scope scope = plan::Scope::all();
  std::vector<SyncLine> lines;                             // by ascending product
  std::map<std::int64_t, std::vector<std::string>> hosts;  // of server groups
  panel::Answered answers;
  apply::Summary summary;
  /// The shop could not be read at all. Such a plan is never kept.
  std::optional<std::string> store_failure;
  bool outside_failed = false;  // something was kept for a reason that passes
  std::int64_t released = 0;    // products whose fall the brake lets through, not withholds
  /// The number of the refresh in the journal; absent where nothing was to be written.
  std::optional<std::int64_t> refresh;
  std::string journal_failure;  // what could not be journalled; empty when all was
};

/// The plan before anything was written; `seen` is what of the shop it was made from.
SyncPlan sync_plan(const plan::Plan& plan, const panel::LookupResults& answers,
                   const catalogue::ShopLog& seen);

/// What became of a refresh. `bindings`: per product, where something was counted.
SyncPlan sync_plan(const apply::RefreshReport& report,
                   const std::map<catalogue::ProductId, std::string>& bindings,
                   const catalogue::ShopLog& seen);

/// What differs, one sentence each; empty when `now` would write exactly what `then` says.
std::vector<std::string> differences(const SyncPlan& then, const SyncPlan& now);

}  // namespace vfstock::live
