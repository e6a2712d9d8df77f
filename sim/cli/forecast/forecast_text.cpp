#include "sim/cli/forecast/forecast_text.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "sim/cli/forecast/words.h"
#include "sim/report/forecast_page.h"

namespace vfstock::sim::cli {

using forecast::Comparison;
using forecast::Difference;
using forecast::Estimate;
using forecast::Figures;
using forecast::Forecast;
using forecast::ProductFigures;

namespace {

std::string day(double days) { return report::day_words(days, std::nullopt); }

std::string interval(const Estimate& days) {
  const auto bound = [](double value) {
    return std::isinf(value) ? std::string("?") : fmt::format("{:.1f}", value);
  };
  return fmt::format("{} ({} to {})", day(days.value), bound(std::max(0.0, days.low)),
                     bound(days.high));
}

std::string plus_minus(const Estimate& estimate, double scale = 1, const char* unit = "") {
  return fmt::format("{:+.2f}{} ± {:.2f}", scale * estimate.value, unit,
                     scale * (estimate.high - estimate.value));
}

std::string counted(const Estimate& estimate) {
  return fmt::format("{:.1f} ± {:.1f}", estimate.value, estimate.high - estimate.value);
}

void print_binding(const ProductFigures& product, std::ostream& out) {
  const auto most = std::max_element(product.binding.begin(), product.binding.end());
  if (*most <= 0) return;
  out << fmt::format(
      "  bound by    {} on {} of the hypervisors; idle behind it: {:.0f} MB, {:.0f} cores, "
      "{:.0f} GB\n",
      forecast::dimension_names[static_cast<std::size_t>(most - product.binding.begin())],
      percent(*most), product.stranded[0], product.stranded[1], product.stranded[2]);
}

void print_sales(const Figures& figures, bool priced, std::ostream& out) {
  out << fmt::format("  fill rate   {} ({} to {}) of {:.1f} VPSes wanted\n",
                     percent(figures.fill_rate.value), percent(figures.fill_rate.low),
                     percent(figures.fill_rate.high), figures.wanted.value);
  out << fmt::format("  lost        {} with nothing left, {} although there was room\n",
                     counted(figures.lost_true), counted(figures.lost_false));
  out << fmt::format("  oversold    {}\n", counted(figures.oversold));
  if (!priced) return;
  out << fmt::format("  per month   {:.2f} sold, {:.2f} lost, {:.2f} oversold\n",
                     figures.money_served.value, figures.money_lost.value,
                     figures.money_oversold.value);
}

void print_product(const ProductFigures& product, bool priced, std::ostream& out) {
  out << fmt::format("\n{} (product {})\n", product.name, product.id);
  const auto& [first, median, last] = product.sell_out.quantiles;
  out << fmt::format("  sold out    P10 {}, P50 {}, P90 {}\n", interval(first), interval(median),
                     interval(last));
  out << fmt::format("  in stock    {} of the time\n", percent(product.figures.ready_rate.value));
  print_sales(product.figures, priced, out);
  if (product.figures.stale_share.value > 0) {
    out << fmt::format("  stale       qty was off at {} of the looks, by {:.2f} on average\n",
                       percent(product.figures.stale_share.value), product.figures.stale_by.value);
  }
  print_binding(product, out);
}

void print_difference(const Difference& difference, bool priced, std::ostream& out) {
  out << fmt::format("    VPSes sold        {}\n", plus_minus(difference.served));
  out << fmt::format("    fill rate         {}\n",
                     plus_minus(difference.fill_rate, 100, " points"));
  out << fmt::format("    lost, none left   {}\n", plus_minus(difference.lost_true));
  out << fmt::format("    lost, room left   {}\n", plus_minus(difference.lost_false));
  out << fmt::format("    oversold          {}\n", plus_minus(difference.oversold));
  out << fmt::format("    days to sell-out  {}\n", plus_minus(difference.days_to_sell_out));
  if (priced) {
    out << fmt::format("    sold per month    {}\n", plus_minus(difference.money_served));
  }
}

}  // namespace

std::string sell_out_sentence(const ProductFigures& product,
                              const std::optional<std::string>& first_day) {
  const auto& [first, median, last] = product.sell_out.quantiles;
  using report::day_words;
  const double share = product.sell_out.within_horizon.value;
  if (share == 0) return "no run sells out.";
  if (std::isinf(median.value)) {
    return fmt::format("{} of the runs sell out, one in ten by {}.", percent(share),
                       day_words(first.value, first_day));
  }
  return fmt::format("half of the runs sell out by {}, one in ten by {}.",
                     day_words(median.value, first_day), day_words(first.value, first_day));
}

void print_forecast(const Forecast& forecast, const std::vector<Comparison>& comparisons,
                    const std::optional<std::string>& first_day, std::ostream& out) {
  out << forecast.name << "\n" << forecast.description << "\n\n";
  for (const ProductFigures& product : forecast.products) {
    out << fmt::format("{} (product {}): {}\n", product.name, product.id,
                       sell_out_sentence(product, first_day));
  }
  for (const ProductFigures& product : forecast.products) {
    print_product(product, forecast.priced, out);
  }
  if (forecast.products.size() > 1) {
    out << "\nAll products\n";
    print_sales(forecast.total, forecast.priced, out);
  }
  if (forecast.api_calls.value > 0) {
    out << fmt::format("\n{:.0f} API calls per run\n", forecast.api_calls.value);
  }
  for (const Comparison& comparison : comparisons) {
    out << "\nWhat if: " << comparison.name << "\n";
    print_difference(comparison.total, forecast.priced, out);
    if (comparison.vpses_ended_early.value != 0) {
      out << fmt::format("    ended with their hypervisor  {}\n",
                         plus_minus(comparison.vpses_ended_early));
    }
  }
  out << fmt::format("\n{} runs; ± and ranges are 95 % intervals", forecast.replicates);
  out << (comparisons.empty() ? ".\n" : "; what-ifs share each run's chance with the plan.\n");
}

}  // namespace vfstock::sim::cli
