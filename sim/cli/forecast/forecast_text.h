// A forecast for planners: sentences first, then the figures behind them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "sim/cli/forecast/words.h"
#include "sim/forecast/expectations.h"
#include "sim/forecast/figures.h"

namespace vfstock::sim::cli {

/// "half of the runs sell out by day 28.9, one in ten by day 20.5."; of a product that is out of
/// stock when the forecast begins, how often it comes back.
std::string sell_out_sentence(const forecast::ProductFigures& product, const Begins& begins);
/// What happens in the fifths of the runs with the least and the most demand; empty: too few runs.
std::string leaning_sentence(const forecast::ProductFigures& product, const Begins& begins);
/// Of a product of several locations, what each wants and lacks; otherwise nothing.
std::vector<std::string> location_sentences(const forecast::ProductFigures& product);
/// The only location, or the one where the most is lost; "all alike" where none is.
std::string lacking_location(const forecast::ProductFigures& product);
std::string money_sentence(const forecast::Figures& figures, const std::string& currency);
/// "sold out", "17", "unlimited".
std::string stock_words(std::int64_t stock);
/// "met", "not met" or "not known with so few runs", with what was found.
std::string verdict_words(const forecast::Verdict& verdict);

void print_forecast(const forecast::Forecast& forecast,
                    const std::vector<forecast::Comparison>& comparisons,
                    const std::vector<forecast::Verdict>& verdicts, std::ostream& out);

}  // namespace vfstock::sim::cli
