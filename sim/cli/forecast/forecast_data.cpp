#include "sim/cli/forecast/forecast_data.h"

#include <cmath>

#include <fmt/format.h>

namespace vfstock::sim::cli {

using document::Json;
using forecast::Comparison;
using forecast::Difference;
using forecast::Estimate;
using forecast::Figures;
using forecast::Forecast;
using forecast::ProductFigures;
using forecast::SellOut;

namespace {

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

Json json_of(const Estimate& estimate) {
  return {{"value", finite(estimate.value)},
          {"low", finite(estimate.low)},
          {"high", finite(estimate.high)}};
}

namespace {

using cli::json_of;

Json json_of(const Figures& figures, bool priced) {
  Json json{
      {"wanted", json_of(figures.wanted)},         {"served", json_of(figures.served)},
      {"lost_true", json_of(figures.lost_true)},   {"lost_false", json_of(figures.lost_false)},
      {"oversold", json_of(figures.oversold)},     {"fill_rate", json_of(figures.fill_rate)},
      {"ready_rate", json_of(figures.ready_rate)}, {"stale_share", json_of(figures.stale_share)},
      {"stale_by", json_of(figures.stale_by)}};
  if (priced) {
    json["money_per_month"] = {{"served", json_of(figures.money_served)},
                               {"lost", json_of(figures.money_lost)},
                               {"oversold", json_of(figures.money_oversold)}};
    json["revenue_within_horizon"] = {{"served", json_of(figures.revenue_served)},
                                      {"lost", json_of(figures.revenue_lost)},
                                      {"lost_worst_tenth", figures.revenue_lost_tail}};
  }
  return json;
}

Json json_of(const SellOut& sell_out) {
  return {{"p10", json_of(sell_out.quantiles[0])},
          {"p50", json_of(sell_out.quantiles[1])},
          {"p90", json_of(sell_out.quantiles[2])},
          {"within_horizon", json_of(sell_out.within_horizon)},
          {"exceedance", sell_out.exceedance}};
}

Json json_of(const ProductFigures& product, bool priced) {
  Json json{{"id", product.id},
            {"name", product.name},
            {"stock_now", product.stock_now},
            {"sold_out_day", json_of(product.sell_out)},
            {"figures", json_of(product.figures, priced)},
            {"locations", Json::array()}};
  for (const forecast::LocationFigures& location : product.locations) {
    json["locations"].push_back({{"group", location.group},
                                 {"name", location.name},
                                 {"wanted", location.wanted},
                                 {"not_served", location.lost}});
  }
  if (product.leanings) {
    const auto leaning = [](const forecast::Leaning& one) {
      return Json{{"demand", one.demand}, {"sold_out_p50", finite(one.sold_out_day)}};
    };
    json["demand_lowest_fifth"] = leaning(product.leanings->front());
    json["demand_highest_fifth"] = leaning(product.leanings->back());
  }
  for (std::size_t d = 0; d < product.binding.size(); ++d) {
    json["binding"][forecast::dimension_names[d]] = product.binding[d];
  }
  json["stranded"] = {{"memory_mb", product.stranded[0]},
                      {"cores", product.stranded[1]},
                      {"storage_gb", product.stranded[2]}};
  return json;
}

Json json_of(const forecast::GroupFigures& group) {
  const auto shares = [](const std::array<double, 4>& one) {
    return Json{{"memory", one[0]}, {"cores", one[1]}, {"storage", one[2]}, {"servers", one[3]}};
  };
  Json json{{"id", group.id},
            {"name", group.name},
            {"sold_out_day", json_of(group.sell_out)},
            {"utilisation_now", shares(group.utilisation_now)},
            {"utilisation", Json::array()}};
  for (const auto& one : group.utilisation) json["utilisation"].push_back(shares(one));
  return json;
}

Json json_of(const Difference& difference) {
  return {{"served", json_of(difference.served)},
          {"lost_true", json_of(difference.lost_true)},
          {"lost_false", json_of(difference.lost_false)},
          {"oversold", json_of(difference.oversold)},
          {"fill_rate", json_of(difference.fill_rate)},
          {"money_per_month", json_of(difference.money_served)},
          {"days_to_sell_out", json_of(difference.days_to_sell_out)},
          {"sold_out_within_horizon", json_of(difference.sold_out)}};
}

}  // namespace

Json forecast_json(const Forecast& forecast, const std::vector<Comparison>& comparisons,
                   const std::vector<forecast::Verdict>& verdicts) {
  Json json{{"format", 1},
            {"name", forecast.name},
            {"replicates", forecast.replicates},
            {"seed", forecast.seed},
            {"horizon_days", forecast.horizon_days},
            {"sample_days", forecast.sample_days},
            {"total", json_of(forecast.total, forecast.priced)},
            {"products", Json::array()},
            {"groups", Json::array()},
            {"api_calls", json_of(forecast.api_calls)},
            {"vpses_ended_early", json_of(forecast.vpses_ended_early)},
            {"what_ifs", Json::array()}};
  if (forecast.begins) json["begins"] = forecast::calendar_text(*forecast.begins);
  if (!forecast.currency.empty()) json["currency"] = forecast.currency;
  json["notes"] = forecast.notes;
  for (const ProductFigures& product : forecast.products) {
    json["products"].push_back(json_of(product, forecast.priced));
  }
  for (const forecast::GroupFigures& group : forecast.groups)
    json["groups"].push_back(json_of(group));
  for (const Comparison& comparison : comparisons) {
    Json what_if{{"name", comparison.name},
                 {"replicates", comparison.replicates},
                 {"total", json_of(comparison.total)},
                 {"vpses_ended_early", json_of(comparison.vpses_ended_early)},
                 {"notes", comparison.notes},
                 {"products", Json::array()}};
    for (const Comparison::Product& product : comparison.products) {
      what_if["products"].push_back({{"id", product.id},
                                     {"sold_out_day", json_of(product.sell_out)},
                                     {"difference", json_of(product.difference)}});
    }
    json["what_ifs"].push_back(std::move(what_if));
  }
  for (const forecast::Verdict& one : verdicts) {
    using Is = forecast::Verdict::Is;
    json["expected"].push_back({{"expected", one.expected},
                                {"found", one.found},
                                {"is", one.is == Is::met       ? "met"
                                       : one.is == Is::not_met ? "not met"
                                                               : "unknown"}});
  }
  return json;
}

void write_forecast_csv(const Forecast& forecast, std::ostream& out) {
  out << "time,product,quantile,value\n";
  for (const ProductFigures& product : forecast.products) {
    for (std::size_t s = 0; s < forecast.sample_days.size(); ++s) {
      for (std::size_t q = 0; q < forecast::fan_quantiles.size(); ++q) {
        out << fmt::format("{},{},{},{}\n", forecast.sample_days[s], product.id,
                           forecast::fan_quantiles[q], product.fan[s][q]);
      }
    }
  }
}

}  // namespace vfstock::sim::cli
