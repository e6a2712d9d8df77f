#include "sim/cli/forecast/forecast_html.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "engine/live/real_clock.h"
#include "sim/cli/forecast/forecast_text.h"
#include "sim/cli/forecast/words.h"
#include "sim/cli/options.h"

namespace vfstock::sim::cli {

using forecast::Comparison;
using forecast::Difference;
using forecast::Estimate;
using forecast::Figures;
using forecast::Forecast;
using forecast::ProductFigures;
using report::Line;
using report::Ranged;

namespace {

Ranged ranged(const Estimate& estimate, double scale = 1) {
  return {scale * estimate.value, scale * estimate.low, scale * estimate.high};
}

/// "2026-12-29": in tables a date has no room for its day's number.
std::string date_of(double days, const Begins& begins) {
  if (std::isinf(days) || !begins) return day(days, begins);
  const auto whole = std::chrono::seconds{static_cast<std::int64_t>(std::floor(days * 86'400))};
  return forecast::calendar_text(std::chrono::floor<std::chrono::days>(*begins + whole));
}

std::vector<Line> lines_of(const ProductFigures& product, const Forecast& forecast) {
  const Figures& figures = product.figures;
  std::vector<Line> lines;
  const auto add = [&](const char* what, const std::string& words) {
    lines.emplace_back(what, words);
  };
  add("Wanted per run", count_range(figures.wanted));
  if (figures.wanted.value > 0) add("Fill rate", percent_range(figures.fill_rate));
  add("In stock", percent_range(figures.ready_rate) + " of the time");
  add("Lost, nothing left", count_range(figures.lost_true));
  add("Lost although there was room", count_range(figures.lost_false));
  add("Oversold", count_range(figures.oversold));
  for (const std::string& words : location_sentences(product)) add("Locations", words);
  if (const std::string words = leaning_sentence(product, forecast.begins); !words.empty()) {
    add("If demand differs", words);
  }
  if (forecast.priced) add("Money", money_sentence(figures, forecast.currency));
  if (product.stranded[0] + product.stranded[1] + product.stranded[2] > 0) {
    add("Idle when sold out", fmt::format("{:.0f} MB, {:.0f} cores, {:.0f} GB", product.stranded[0],
                                          product.stranded[1], product.stranded[2]));
  }
  return lines;
}

report::ProductWhatIf what_if_of(const Comparison& comparison, const Comparison::Product& product,
                                 const Begins& begins) {
  return {comparison.name, comparison.sample_days, product.fan,
          date_of(product.sell_out.quantiles[1].value, begins),
          verdict(product.difference.days_to_sell_out, Sense::more_is_better)};
}

report::ForecastProduct product_of(const ProductFigures& product, const Forecast& forecast,
                                   const std::vector<Comparison>& comparisons) {
  report::ForecastProduct shown;
  shown.name = fmt::format("{} (product {})", product.name, product.id);
  shown.sentence = sell_out_sentence(product, forecast.begins);
  shown.location = lacking_location(product);
  shown.stock_now = static_cast<double>(product.stock_now);
  shown.now = stock_words(product.stock_now);
  shown.fan = product.fan;
  shown.sold_out_by = product.sell_out.exceedance;
  for (std::size_t i = 0; i < shown.sold_out_days.size(); ++i) {
    const Estimate& quantile = product.sell_out.quantiles[i];
    shown.sold_out_days[i] = ranged(quantile);
    shown.sold_out[i] = date_of(quantile.value, forecast.begins);
    shown.sold_out_interval[i] = day_range(quantile, forecast.begins);
  }
  for (std::size_t d = 0; d < product.binding.size(); ++d) {
    shown.binding.emplace_back(forecast::dimension_names[d], product.binding[d]);
  }
  shown.figures = lines_of(product, forecast);
  for (const Comparison& comparison : comparisons) {
    for (const Comparison::Product& same : comparison.products) {
      if (same.id != product.id) continue;
      shown.what_ifs.push_back(what_if_of(comparison, same, forecast.begins));
    }
  }
  return shown;
}

report::ForecastLocation location_of(const forecast::GroupFigures& group, const Begins& begins) {
  constexpr std::array names{"memory", "cores", "storage", "servers"};
  report::ForecastLocation shown{group.name, day(group.sell_out.quantiles[1].value, begins), {}};
  for (std::size_t d = 0; d < names.size(); ++d) {
    report::ForecastLocation::Series series{names[d], group.utilisation_now[d], {}};
    double most = series.now;
    for (const auto& shares : group.utilisation) {
      series.shares.push_back(shares[d]);
      most = std::max(most, shares[d]);
    }
    if (most > 0) shown.series.push_back(std::move(series));
  }
  return shown;
}

report::ForecastWhatIf what_if_of(const Comparison& comparison, const Forecast& forecast) {
  const Difference& less = comparison.total;
  report::ForecastWhatIf shown{comparison.name, {}};
  const auto add = [&](const char* what, const Estimate& figure, Sense sense, const char* unit,
                       double scale = 1) {
    shown.rows.push_back(
        {what, ranged(figure, scale), verdict(figure, sense), unit, difference(figure, scale)});
  };
  add("VPSes sold", less.served, Sense::more_is_better, "VPSes per run");
  add("Lost, nothing left", less.lost_true, Sense::less_is_better, "VPSes per run");
  add("Lost although there was room", less.lost_false, Sense::less_is_better, "VPSes per run");
  add("Oversold", less.oversold, Sense::less_is_better, "VPSes per run");
  add("Fill rate", less.fill_rate, Sense::more_is_better, "points", 100);
  add("Days until all is sold out", less.days_to_sell_out, Sense::more_is_better, "days");
  if (forecast.priced) {
    const std::string unit = forecast.currency.empty() ? "money" : forecast.currency;
    shown.rows.push_back({"Sold per month", ranged(less.money_served),
                          verdict(less.money_served, Sense::more_is_better), unit,
                          difference(less.money_served)});
  }
  return shown;
}

void add_trade_offs(report::ForecastResult& result, const Forecast& forecast,
                    const std::vector<Comparison>& comparisons) {
  const Figures& total = forecast.total;
  const double lost = total.lost_true.value + total.lost_false.value;
  result.trade_offs.push_back({"as planned", lost, total.oversold.value});
  for (const Comparison& comparison : comparisons) {
    const Difference& less = comparison.total;
    result.trade_offs.push_back({comparison.name,
                                 lost + less.lost_true.value + less.lost_false.value,
                                 total.oversold.value + less.oversold.value});
  }
  auto& all = result.trade_offs;
  for (report::TradeOff& one : all) {
    one.is_efficient = std::none_of(all.begin(), all.end(), [&](const report::TradeOff& other) {
      return other.lost <= one.lost && other.oversold <= one.oversold &&
             (other.lost < one.lost || other.oversold < one.oversold);
    });
  }
}

void add_facts(report::ForecastResult& result, const PageFacts& facts, std::uint64_t seed,
               bool engine) {
  const auto add = [&](const char* what, std::string words) {
    result.assumptions.emplace_back(what, std::move(words));
  };
  add("Question", facts.command);
  add("Stock shown to customers", engine ? "what the engine writes" : "always the truth");
  add("Intervals", "95 %; what-ifs have the same customers as the plan, run by run");
  add("Months", "30 days");
  add("Seed", std::to_string(seed));
  add("Version", "vfstock " + facts.version);
  add("Created", forecast::calendar_text(facts.created) + " UTC");
}

/// A page's days have dates: by the plan's calendar, or from the day on which it is made.
void add_calendar(report::ForecastResult& result, const Begins& begins, const PageFacts& facts) {
  const auto today = std::chrono::floor<std::chrono::days>(facts.created);
  result.begins = begins.value_or(forecast::Moment{today});
  result.assumptions.emplace_back(
      "Day 0", forecast::calendar_text(*result.begins) +
                   (begins ? "" : ", the day on which this page was made (--begins sets another)"));
}

/// A page is passed on: where the demand was learnt from is nobody else's business.
std::string without_addresses(std::string text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://")) {
    const std::size_t before = text.find_last_of(" \t\n", at);
    const std::size_t from = before == std::string::npos ? 0 : before + 1;
    const std::size_t until = std::min(text.find_first_of(" \t\n", at), text.size());
    text.replace(from, until - from, "the shop");
  }
  return text;
}

/// The earliest sell-out first.
void sort_by_sell_out(std::vector<report::ForecastProduct>& products) {
  std::stable_sort(products.begin(), products.end(), [](const auto& one, const auto& other) {
    for (const std::size_t quantile : {1U, 0U, 2U}) {
      const double a = one.sold_out_days[quantile].value, b = other.sold_out_days[quantile].value;
      if (a != b) return a < b;
    }
    return false;
  });
}

}  // namespace

PageFacts page_facts(const boost::program_options::variables_map& values,
                     const Invocation& invocation) {
  PageFacts facts;
  facts.version = VFSTOCK_VERSION;
  facts.created = std::chrono::floor<std::chrono::seconds>(live::RealClock().wall());
  const auto epoch = invocation.environment.find("SOURCE_DATE_EPOCH");
  if (epoch != invocation.environment.end()) {
    std::int64_t seconds = 0;
    const char* const end = epoch->second.data() + epoch->second.size();
    const auto [rest, error] = std::from_chars(epoch->second.data(), end, seconds);
    if (error != std::errc() || rest != end || seconds < 0 || seconds > 253'402'300'799) {
      throw UsageError("SOURCE_DATE_EPOCH: expected seconds since 1970");
    }
    facts.created = forecast::Moment{std::chrono::seconds{seconds}};
  }
  const std::filesystem::path plan = values["plan"].as<std::string>();
  facts.command = "forecast of " + plan.filename().string();
  return facts;
}

report::ForecastResult forecast_result(const Forecast& given,
                                       const std::vector<Comparison>& comparisons,
                                       const std::vector<forecast::Verdict>& verdicts,
                                       const PageFacts& facts) {
  report::ForecastResult result;
  add_calendar(result, given.begins, facts);
  Forecast forecast = given;
  forecast.begins = result.begins;
  result.name = forecast.name;
  result.description = without_addresses(forecast.description);
  result.runs = forecast.replicates;
  result.sample_days = forecast.sample_days;
  result.horizon_days = forecast.horizon_days;
  for (const ProductFigures& product : forecast.products) {
    result.products.push_back(product_of(product, forecast, comparisons));
  }
  sort_by_sell_out(result.products);
  for (const forecast::GroupFigures& group : forecast.groups) {
    result.locations.push_back(location_of(group, forecast.begins));
  }
  for (const Comparison& comparison : comparisons) {
    result.what_ifs.push_back(what_if_of(comparison, forecast));
    for (const std::string& note : comparison.notes) {
      result.notes.push_back(comparison.name + ": " + note);
    }
  }
  add_trade_offs(result, forecast, comparisons);
  result.notes.insert(result.notes.begin(), forecast.notes.begin(), forecast.notes.end());
  for (const forecast::Verdict& one : verdicts) {
    result.expectations.emplace_back(one.expected, verdict_words(one));
  }
  add_facts(result, facts, forecast.seed, forecast.engine);
  return result;
}

report::ForecastResult policy_page(const forecast::Plan& plan,
                                   const std::vector<forecast::PolicyResult>& results,
                                   const PageFacts& facts) {
  report::ForecastResult page;
  add_calendar(page, plan.begins, facts);
  page.name = plan.name + ": policies";
  page.description = without_addresses(plan.description);
  page.runs = static_cast<std::int64_t>(results.front().lost_each.size());
  page.horizon_days = static_cast<double>(plan.horizon) / forecast::day_ms;
  for (const forecast::PolicyResult& one : results) {
    page.trade_offs.push_back({one.name, one.lost.value, one.oversold.value, one.is_efficient});
  }
  add_facts(page, facts, plan.seed, true);
  return page;
}

std::optional<report::ForecastBacktest> backtest_of(const document::Json& fragment) {
  if (!fragment.is_object() || !fragment.contains("backtest")) return std::nullopt;
  const document::Json& json = fragment["backtest"];
  if (!json.is_object()) return std::nullopt;
  report::ForecastBacktest backtest;
  for (const auto& [key, value] : json.items()) {
    std::string what = key;
    std::replace(what.begin(), what.end(), '_', ' ');
    if (key == "pit" && value.is_array()) {
      for (const auto& share : value) {
        if (share.is_number()) backtest.pit.push_back(share.get<double>());
      }
    } else if (value.is_number()) {
      backtest.lines.emplace_back(what, fmt::format("{:.4g}", value.get<double>()));
    } else if (value.is_string()) {
      backtest.lines.emplace_back(what, value.get<std::string>());
    }
  }
  return backtest;
}

}  // namespace vfstock::sim::cli
