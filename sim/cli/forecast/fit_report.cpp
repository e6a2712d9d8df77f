// What fit has learnt, for programs.
#include "sim/cli/forecast/fit_report.h"

#include <cmath>

#include <fmt/format.h>

#include "sim/forecast/fit/demand_json.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace fit = forecast::fit;
using document::Json;
using fit::DemandModel;

namespace {

Json marks_json(const std::string& name, const fit::Marks& marks) {
  const auto moments = static_cast<double>(std::max<std::int64_t>(1, marks.totals.forecasts));
  return {{"method", name},
          {"forecasts", marks.periods.forecasts},
          {"within_50", marks.periods.coverage_50()},
          {"within_80", marks.periods.coverage_80()},
          {"within_90", marks.periods.coverage_90()},
          {"pinball", marks.periods.mean_pinball()},
          {"crps", marks.periods.mean_ranked()},
          {"totals",
           {{"forecasts", marks.totals.forecasts},
            {"within_80", marks.totals.coverage_80()},
            {"crps", marks.totals.mean_ranked()}}},
          {"sell_out", {{"crps_of_lead", marks.sell_out / moments}}}};
}

Json backtest_json(const fit::Backtest& backtest, fit::Period period) {
  Json json = Json::array();
  json.push_back(marks_json("fitted", backtest.fitted));
  for (std::size_t m = 0; m < fit::methods.size(); ++m) {
    json.push_back(marks_json(fit::name_of(fit::methods[m], period), backtest.marks[m]));
  }
  return json;
}

Json calibration_json(const fit::Backtest& backtest) {
  return {{"lead_periods", backtest.lead},
          {"pit", backtest.pit.shares()},
          {"orders",
           {{"forecasts", backtest.batches.forecasts},
            {"within_50", backtest.batches.coverage_50()},
            {"within_80", backtest.batches.coverage_80()},
            {"within_90", backtest.batches.coverage_90()},
            {"crps", backtest.batches.mean_ranked()}}},
          {"sell_outs", backtest.sell_outs},
          {"sell_outs_within_80", backtest.sell_outs_within_80}};
}

Json model_json(const DemandModel& model) {
  Json weights = Json::object();
  for (std::size_t m = 0; m < fit::methods.size(); ++m) {
    weights[fit::name_of(fit::methods[m], model.period)] = model.backtest.weights[m];
  }
  const fit::Spread& spread = model.outlook.orders;
  const double steps = fit::day_s / fit::seconds_of(model.period);
  return {{"weights", std::move(weights)},
          {"best", fit::name_of(model.backtest.best, model.period)},
          {"period_deviation", std::sqrt(spread.brief)},
          {"walk_per_day", std::sqrt(spread.walk * steps)}};
}

Json special_json(const FittedProduct& product) {
  const DemandModel& model = product.model;
  Json json{{"open_share", model.open_share},
            {"sold_per_day", model.sold_per_day()},
            {"break", nullptr},
            {"peaks", Json::array()},
            {"events", Json::array()},
            {"gaps", Json::array()}};
  if (model.level_break) {
    const double at = model.begin + static_cast<double>(model.level_break->period) *
                                        fit::seconds_of(model.period);
    json["break"] = {{"at", fit::calendar_text(at)},
                     {"before", 24 * model.level_break->before},
                     {"after", 24 * model.level_break->after}};
  }
  for (const double peak : model.peaks) json["peaks"].push_back(fit::calendar_text(peak));
  for (const fit::EventFactor& event : model.events) {
    json["events"].push_back({{"name", report::clean(event.name)},
                              {"orders", event.orders},
                              {"usual", event.usual},
                              {"factor", event.factor()}});
  }
  for (const fit::Span& gap : product.suspicious) {
    json["gaps"].push_back(
        {{"from", fit::calendar_text(gap.from)}, {"until", fit::calendar_text(gap.until)}});
  }
  return json;
}

Json product_json(const FittedProduct& product) {
  const DemandModel& model = product.model;
  Json json{{"product", report::clean(model.product)},
            {"name", report::clean(product.name)},
            {"from", fit::calendar_text(model.begin)},
            {"orders", model.batches},
            {"vpses", model.vps},
            {"too_few", model.few},
            {"per_day", model.per_day()},
            {"growth_per_month", model.growth_per_month()},
            {"rate_error", model.rate_error()},
            {"rate_error_in_a_month", model.rate_error_in_a_month()},
            {"model", model_json(model)},
            {"week", model.outlook.pattern.hours},
            {"mean_batch", fit::mean_size(model.outlook.sizes)},
            {"lives", model.lives.size()},
            {"running", model.ages.size()},
            {"never_leaves", model.never_leaves()},
            {"life", fit::life_json(model.survival)},
            {"backtest", backtest_json(model.backtest, model.period)},
            {"calibration", calibration_json(model.backtest)}};
  json.update(special_json(product));
  return json;
}

}  // namespace

fit::Backtest backtests_of(const FitReport& report) {
  fit::Backtest all;
  for (const FittedProduct& product : report.products) all.add(product.model.backtest);
  return all;
}

Json fit_json(const FitReport& report, const std::optional<Json>& fragment) {
  const fit::Backtest all = backtests_of(report);
  Json json{{"format", 1},
            {"source", report::clean(report.source)},
            {"until", fit::calendar_text(report.end)},
            {"period", fit::name_of(report.period)},
            {"products", Json::array()},
            {"backtest", backtest_json(all, report.period)},
            {"calibration", calibration_json(all)},
            {"shared_ratio", report.shared_ratio},
            {"remarks", Json::array()},
            {"fragment", fragment.value_or(Json(nullptr))}};
  for (const FittedProduct& product : report.products) {
    json["products"].push_back(product_json(product));
  }
  for (const std::string& remark : report.remarks) {
    json["remarks"].push_back(report::clean(remark));
  }
  return json;
}

void write_backtest_csv(const FitReport& report, std::ostream& out) {
  // Of 5, 10, 25, 50, 75, 90, 95 %.
  constexpr std::array<std::size_t, 7> order{1, 2, 3, 4, 5, 0, 6};
  out << "time,product,observed,p10,p25,p50,p75,p90,p5,p95,"
         "orders,orders_p10,orders_p25,orders_p50,orders_p75,orders_p90,orders_p5,orders_p95\n";
  for (const FittedProduct& product : report.products) {
    for (const fit::Held& held : product.model.backtest.held) {
      out << fmt::format("{},{},{}", fit::calendar_text(held.from), product.model.product,
                         held.vps);
      for (const std::size_t q : order) out << fmt::format(",{}", held.quantiles[q]);
      out << fmt::format(",{}", held.batches);
      for (const std::size_t q : order) out << fmt::format(",{}", held.batch_quantiles[q]);
      out << "\n";
    }
  }
}

}  // namespace vfstock::sim::cli
