// What customers of one product do, learnt from its history: how often batches come, at which
// hours, how large they are, how the level moves, how long a VPS lasts.
//
// The model is the mixture of candidates that the backtest scored, learnt from all of the past:
// what was scored is what a forecast simulates. Lives are Kaplan and Meier's (1958), by billing
// cycle where enough of them are known. Pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/forecast/fit/backtest.h"
#include "sim/forecast/fit/breaks.h"
#include "sim/forecast/fit/events.h"
#include "sim/forecast/fit/history.h"
#include "sim/forecast/fit/regression.h"
#include "sim/forecast/law.h"

namespace vfstock::sim::forecast::fit {

/// What runs when the history ends.
struct StillRunning {
  std::int64_t group = 0;      // 0: not known
  std::string cycle;           // empty: not known, or too few to tell it apart
  std::optional<double> ends;  // seconds after the history's end: cancelled already
  double stays = 0;            // seconds that it lasts on: who ends sooner has cancelled
  std::vector<double> ages;    // seconds, by VPS
};

/// The orders a day that are plausible before anything was sold: one in ten products sells less
/// than `low`, one in ten more than `high`.
struct PriorRange {
  double low = 0.02, high = 2;
};
/// Fewer orders make no pattern and no backtest: the prior and they speak together.
inline constexpr std::int64_t few_orders = 10;

struct ModelOptions {
  std::size_t lead = 1;      // periods ahead that matter
  std::size_t moments = 36;  // of the backtest
  PriorRange prior;
  std::vector<NamedEvent> events;
};

struct DemandModel {
  std::string product;
  Period period = Period::day;
  double begin = 0, end = 0;
  std::int64_t batches = 0, vps = 0;  // seen
  double open_share = 1;              // of the time from begin to end
  Outlook outlook;                    // from `end` on
  Spread shared;                      // of the levels that all of the shop's products share
  bool few = false;                   // fewer than few_orders
  Backtest backtest;
  std::optional<LevelBreak> level_break;
  std::vector<double> peaks;  // begins of days that nobody named
  std::vector<EventFactor> events;

  std::vector<Law::Observed> lives;  // seconds
  std::vector<Law::Point> survival;  // Kaplan and Meier's curve; empty: none is known
  std::map<std::string, std::vector<Law::Point>> survival_by_cycle;
  std::int64_t running = 0;
  std::vector<double> ages;  // of all that runs
  std::vector<StillRunning> still_running;
  std::map<std::int64_t, std::int64_t> groups;  // VPSes sold by group, where that is known

  double per_day() const { return 24 * outlook.per_hour; }
  double sold_per_day() const { return static_cast<double>(batches) * day_s / (end - begin); }
  double growth_per_month() const;
  /// Coefficient of variation of what is not known of the level today, and a month from now.
  double rate_error() const { return std::sqrt(outlook.orders.fixed); }
  double rate_error_in_a_month() const;
  /// The share that outlives all that was seen.
  double never_leaves() const { return survival.empty() ? 1 : survival.back().survival; }
};

/// Throws NoFit when the past holds no batch or less than two periods.
DemandModel model_of(const Past& past, const ModelOptions& options);

}  // namespace vfstock::sim::forecast::fit
