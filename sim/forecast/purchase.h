// What to buy, and when to order it: of some offers (a shape of hypervisor in a group, with its
// price and lead time) the cheapest numbers that reach a target, or those that earn the most.
//
// Every trial runs the same customers, so more hypervisors hardly ever serve fewer, and what is
// too little for a choice is too little for every choice within it: that is all the search assumes.
// A target counts as reached when the unfavourable end of the 95 % interval reaches it: what is
// bought on a forecast should not hang on its luck.
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

struct PurchaseOffer {
  std::string name;  // empty: the file's only one
  std::int64_t group = 0;
  document::Json hypervisor;  // as a plan adds it
  document::Json lead_time;   // a duration or a law
  Law lead;                   // the same
  std::int64_t most = 0;
  double price = 0, monthly = 0;  // of each hypervisor: once, and per month that it is there
};

struct Purchase {
  enum class Target {
    fill_rate,  // served of wanted, at least
    sold_out,   // the share of runs in which a product sells out, at most
    money,      // revenue less cost within the horizon, as much as can be (newsvendor)
  };
  std::string file;  // for errors
  std::string name;
  std::vector<PurchaseOffer> offers;
  Target target = Target::fill_rate;
  double threshold = 0;                 // of fill_rate and sold_out
  std::optional<std::int64_t> product;  // whose; nothing: of all (sold_out: the worst of them)
};

/// How many of each offer, all ordered at one moment.
struct PurchaseChoice {
  std::vector<std::int64_t> counts;
  Time ordered_at = 0;
  std::int64_t total() const;
  friend bool operator==(const PurchaseChoice&, const PurchaseChoice&) = default;
};

/// What comes of a choice. Money is within the horizon.
struct PurchaseMeasure {
  Estimate fill_rate, sold_out, revenue, revenue_lost;
  double revenue_lost_tail = 0;  // mean of the worst tenth of the runs (CVaR)
};

struct PurchaseTrial {
  PurchaseChoice choice;
  PurchaseMeasure measure;
  double cost = 0;  // within the horizon
  double net() const { return measure.revenue.value - cost; }
  /// No trial ordered as early costs no more and serves as much, and is better in one of the two.
  bool is_efficient = false;
};

struct PurchaseAnswer {
  PurchaseTrial without;
  /// Ordered at once; nothing: even the most of everything is too little.
  std::optional<PurchaseTrial> best;
  /// The same numbers ordered on the latest day that still does, in whole days; of a money target
  /// on the day that earns the most.
  std::optional<PurchaseTrial> latest;
  std::vector<PurchaseTrial> trials;  // all, by cost and number
};

/// More choices than this are refused: those that a threshold may choose from, and those of which a
/// money target runs every one.
inline constexpr std::int64_t choices_max = 20'000, money_choices_max = 400;

/// Throws document::DocumentError with file and JSON pointer.
Purchase read_purchase(const std::filesystem::path& file);

/// What the plan does not know or could not use is refused the same way.
void check_purchase(const Purchase& purchase, const Plan& plan);

/// The plan with what the choice buys. Nothing bought: the plan as it is.
PlanDocument::WhatIf purchase_patch(const PlanDocument& plan, const Purchase& purchase,
                                    const PurchaseChoice& choice);

/// What the choice costs until the horizon: prices, and the monthly cost of each hypervisor from
/// the day on which it is expected to be there.
double cost_of(const Purchase& purchase, const PurchaseChoice& choice, Time horizon);
bool reaches_target(const Purchase& purchase, const PurchaseMeasure& measure);

/// `measure` is asked for each choice once. Nothing is searched when a threshold is met without any
/// hypervisor: `best` then buys none.
PurchaseAnswer search_purchase(
    const Purchase& purchase, Time horizon,
    const std::function<PurchaseMeasure(const PurchaseChoice&)>& measure);

}  // namespace vfstock::sim::forecast
