// The fewest hypervisors of one shape, and the latest day to order them, that keep the fill rate at
// or above a target.
//
// Every trial runs the same customers, so more hypervisors, or earlier ones, hardly ever serve
// fewer, and halving finds the edge. A fill rate counts as reached when the lower end of its 95 %
// interval is: what is bought on a forecast should not hang on its luck.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/forecast/estimate.h"
#include "sim/forecast/read_plan.h"

namespace vfstock::sim::forecast {

struct Purchase {
  std::string file;  // for errors
  std::string name;
  std::int64_t group = 0;
  document::Json hypervisor;  // as a plan adds it
  Time lead_time = 0;
  double fill_rate = 0;                 // the target
  std::optional<std::int64_t> product;  // whose; nothing: of all
  std::int64_t most = 0;
};

/// Throws document::DocumentError with file and JSON pointer.
Purchase read_purchase(const std::filesystem::path& file);

/// What the plan does not know or could not use is refused the same way.
void check_purchase(const Purchase& purchase, const Plan& plan);

/// The plan with so many of them, there from this moment on. 0: the plan as it is.
PlanDocument::WhatIf purchase_patch(const PlanDocument& plan, const Purchase& purchase,
                                    std::int64_t count, Time at);

/// What was tried, and the fill rate that came of it.
struct PurchaseTrial {
  std::int64_t count = 0;
  Time at = 0;  // when they are there
  Estimate fill_rate;
};

struct PurchaseAnswer {
  PurchaseTrial without;
  /// The fewest, there as soon as the lead time allows; nothing: even the most are too few.
  std::optional<PurchaseTrial> fewest;
  /// So many of them on the latest day that still does, in whole days.
  std::optional<PurchaseTrial> latest;
  std::vector<PurchaseTrial> trials;  // all, in the order in which they were made
};

/// `fill_rate` is asked for each trial once. Nothing is searched when the target is met without
/// any: `fewest` is then 0 hypervisors.
PurchaseAnswer search_purchase(const Purchase& purchase, Time horizon,
                               const std::function<Estimate(std::int64_t, Time)>& fill_rate);

}  // namespace vfstock::sim::forecast
