// Figures of forecasts in words. None says more than the runs know: a share below 1 never reads as
// 100 %, what was never seen is not "0.0 ± 0.0", and an end that lies beyond the horizon says so.
#pragma once

#include <optional>
#include <string>

#include "sim/forecast/estimate.h"
#include "sim/forecast/plan_calendar.h"

namespace vfstock::sim::cli {

using Begins = std::optional<forecast::Moment>;

/// "12.3 %", of a share from 0 to 1; more digits near 0 and 1.
std::string percent(double share);
/// "12.3 % (11.0 % to 13.9 %)".
std::string percent_range(const forecast::Estimate& share);
/// "8.8 (8.3 to 9.4)"; "none in any run (at most 0.0038 per run)".
std::string count_range(const forecast::Estimate& count);
/// "+2.00 ± 0.30 points"; "the same in every run".
std::string difference(const forecast::Estimate& less, double scale = 1, const char* unit = "");
/// "day 28.9 (2026-12-29)", without a calendar "day 28.9"; "today" for 0, "after the horizon" for
/// infinity.
std::string day(double days, const Begins& begins);
/// "day 28.9 (28.5 to 29.7)": a day with its interval, whose end may lie "after the horizon".
std::string day_range(const forecast::Estimate& days, const Begins& begins);
/// "114.84 EUR", "114.84" where the currency is not known.
std::string money(double amount, const std::string& currency);

/// Whether more of it is better or worse, and whether the interval leaves no doubt of the sign.
enum class Sense { more_is_better, less_is_better };
/// "better", "worse", "no difference" or "not clear".
std::string verdict(const forecast::Estimate& less, Sense sense);

}  // namespace vfstock::sim::cli
