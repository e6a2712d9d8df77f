#include "sim/cli/forecast/forecast_html.h"

#include <fmt/format.h>

#include "sim/cli/forecast/forecast_text.h"

namespace vfstock::sim::cli {

using forecast::Comparison;
using forecast::Difference;
using forecast::Estimate;
using forecast::Figures;
using forecast::Forecast;
using forecast::ProductFigures;
using report::Ranged;

namespace {

Ranged ranged(const Estimate& estimate, double scale = 1) {
  return {scale * estimate.value, scale * estimate.low, scale * estimate.high};
}

std::string per_run(const Estimate& estimate) {
  return fmt::format("{:.1f} ± {:.1f} VPSes per run", estimate.value,
                     estimate.high - estimate.value);
}

std::vector<report::Line> lines_of(const ProductFigures& product, bool priced) {
  const Figures& figures = product.figures;
  std::vector<report::Line> lines{
      {"Wanted", per_run(figures.wanted)},
      {"Fill rate", fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * figures.fill_rate.value,
                                100 * figures.fill_rate.low, 100 * figures.fill_rate.high)},
      {"In stock", fmt::format("{:.1f} % of the time", 100 * figures.ready_rate.value)},
      {"Lost, nothing left", per_run(figures.lost_true)},
      {"Lost although there was room", per_run(figures.lost_false)},
      {"Oversold", per_run(figures.oversold)}};
  if (priced) {
    lines.emplace_back(
        "Per month",
        fmt::format("{:.2f} sold, {:.2f} lost, {:.2f} oversold", figures.money_served.value,
                    figures.money_lost.value, figures.money_oversold.value));
  }
  if (product.stranded[0] + product.stranded[1] + product.stranded[2] > 0) {
    lines.emplace_back("Idle when sold out",
                       fmt::format("{:.0f} MB, {:.0f} cores, {:.0f} GB", product.stranded[0],
                                   product.stranded[1], product.stranded[2]));
  }
  return lines;
}

report::ForecastProduct product_of(const ProductFigures& product, bool priced,
                                   const std::optional<std::string>& first_day) {
  report::ForecastProduct shown;
  shown.name = fmt::format("{} (product {})", product.name, product.id);
  shown.sentence = sell_out_sentence(product, first_day);
  shown.fan = product.fan;
  shown.sold_out_by = product.sell_out.exceedance;
  for (std::size_t i = 0; i < shown.sold_out_days.size(); ++i) {
    shown.sold_out_days[i] = ranged(product.sell_out.quantiles[i]);
  }
  for (std::size_t d = 0; d < product.binding.size(); ++d) {
    shown.binding.emplace_back(forecast::dimension_names[d], product.binding[d]);
  }
  shown.figures = lines_of(product, priced);
  return shown;
}

report::ForecastWhatIf what_if_of(const Comparison& comparison, bool priced) {
  const Difference& less = comparison.total;
  report::ForecastWhatIf shown{comparison.name,
                               {{"VPSes sold", ranged(less.served)},
                                {"Fill rate, points", ranged(less.fill_rate, 100)},
                                {"Lost, nothing left", ranged(less.lost_true)},
                                {"Lost although there was room", ranged(less.lost_false)},
                                {"Oversold", ranged(less.oversold)},
                                {"Days until all is sold out", ranged(less.days_to_sell_out)}}};
  if (priced) shown.differences.emplace_back("Sold per month", ranged(less.money_served));
  return shown;
}

}  // namespace

report::ForecastResult forecast_result(const Forecast& forecast,
                                       const std::vector<Comparison>& comparisons,
                                       const std::optional<std::string>& first_day) {
  report::ForecastResult result;
  result.name = forecast.name;
  result.description = forecast.description;
  result.runs = forecast.replicates;
  result.first_day = first_day;
  result.sample_days = forecast.sample_days;
  result.horizon_days = forecast.sample_days.empty() ? 0 : forecast.sample_days.back();
  for (const ProductFigures& product : forecast.products) {
    result.products.push_back(product_of(product, forecast.priced, first_day));
  }
  const Figures& total = forecast.total;
  const double lost = total.lost_true.value + total.lost_false.value;
  result.trade_offs.push_back({"as planned", lost, total.oversold.value});
  for (const Comparison& comparison : comparisons) {
    result.what_ifs.push_back(what_if_of(comparison, forecast.priced));
    const Difference& less = comparison.total;
    result.trade_offs.push_back({comparison.name,
                                 lost + less.lost_true.value + less.lost_false.value,
                                 total.oversold.value + less.oversold.value});
  }
  return result;
}

}  // namespace vfstock::sim::cli
