#include "sim/cli/forecast/forecast_text.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

namespace vfstock::sim::cli {

using forecast::Comparison;
using forecast::Difference;
using forecast::Estimate;
using forecast::Figures;
using forecast::Forecast;
using forecast::LocationFigures;
using forecast::ProductFigures;

namespace {

/// When something has happened: "by day 28.9".
std::string by_day(double days, const Begins& begins) {
  if (std::isinf(days)) return "not within the horizon";
  return (days == 0 ? "" : "by ") + day(days, begins);
}

std::string sold_out_words(const forecast::SellOut& sell_out, const Begins& begins) {
  const double median = sell_out.quantiles[1].value;
  return std::isinf(median) ? "not sold out within the horizon"
                            : "sold out " + by_day(median, begins);
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

void print_sales(const Figures& figures, const Forecast& forecast, std::ostream& out) {
  if (figures.wanted.value == 0) {
    out << "  wanted      by nobody\n";
    return;
  }
  out << fmt::format("  fill rate   {} of {:.1f} VPSes wanted\n", percent_range(figures.fill_rate),
                     figures.wanted.value);
  out << fmt::format("  lost        {} with nothing left\n", count_range(figures.lost_true));
  out << fmt::format("              {} although there was room\n", count_range(figures.lost_false));
  out << fmt::format("  oversold    {}\n", count_range(figures.oversold));
  if (forecast.priced)
    out << "  money       " << money_sentence(figures, forecast.currency) << "\n";
}

void print_product(const ProductFigures& product, const Forecast& forecast, std::ostream& out) {
  out << fmt::format("\n{} (product {})\n", product.name, product.id);
  out << fmt::format("  now         {}\n", stock_words(product.stock_now));
  constexpr std::array names{"P10", "P50", "P90"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    out << fmt::format("  {}    {} {}\n", i == 0 ? "sold out" : "        ", names[i],
                       day_range(product.sell_out.quantiles[i], forecast.begins));
  }
  out << fmt::format("              within the horizon in {} of the runs\n",
                     percent_range(product.sell_out.within_horizon));
  const std::string leaning = leaning_sentence(product, forecast.begins);
  if (!leaning.empty()) out << "  demand      " << leaning << "\n";
  out << fmt::format("  in stock    {} of the time\n", percent_range(product.figures.ready_rate));
  print_sales(product.figures, forecast, out);
  for (const std::string& words : location_sentences(product)) {
    out << "  location    " << words << "\n";
  }
  if (product.figures.stale_share.value > 0) {
    out << fmt::format("  stale       qty was off at {} of the looks, by {:.2f} on average\n",
                       percent(product.figures.stale_share.value), product.figures.stale_by.value);
  }
  print_binding(product, out);
}

void print_difference(const Difference& less, const Forecast& forecast, std::ostream& out) {
  const auto line = [&](const char* what, const Estimate& figure, Sense sense, double scale = 1,
                        const char* unit = "") {
    out << fmt::format("    {:<18}{:<26} {}\n", what, difference(figure, scale, unit),
                       verdict(figure, sense));
  };
  line("VPSes sold", less.served, Sense::more_is_better);
  line("fill rate", less.fill_rate, Sense::more_is_better, 100, " points");
  line("lost, none left", less.lost_true, Sense::less_is_better);
  line("lost, room left", less.lost_false, Sense::less_is_better);
  line("oversold", less.oversold, Sense::less_is_better);
  line("days to sell-out", less.days_to_sell_out, Sense::more_is_better);
  if (!forecast.priced) return;
  const std::string unit = forecast.currency.empty() ? "" : " " + forecast.currency;
  line("sold per month", less.money_served, Sense::more_is_better, 1, unit.c_str());
}

void print_what_if(const Comparison& comparison, const Forecast& forecast, std::ostream& out) {
  out << "\nWhat if: " << comparison.name << "\n";
  for (const std::string& note : comparison.notes) out << "    note: " << note << "\n";
  for (const Comparison::Product& product : comparison.products) {
    const auto planned = std::find_if(forecast.products.begin(), forecast.products.end(),
                                      [&](const auto& one) { return one.id == product.id; });
    out << fmt::format("    {:<18}half sold out {}; as planned {}\n", planned->name,
                       by_day(product.sell_out.quantiles[1].value, forecast.begins),
                       by_day(planned->sell_out.quantiles[1].value, forecast.begins));
  }
  print_difference(comparison.total, forecast, out);
  if (comparison.vpses_ended_early.value != 0) {
    out << fmt::format("    ended with their hypervisor  {}\n",
                       difference(comparison.vpses_ended_early));
  }
}

void print_groups(const Forecast& forecast, std::ostream& out) {
  constexpr std::array names{"memory", "cores", "storage", "servers"};
  out << "\nLocations (the fullest dimension, now and at the end; when half of the runs can sell "
         "nothing there)\n";
  for (const forecast::GroupFigures& group : forecast.groups) {
    if (group.utilisation.empty()) continue;
    const auto& last = group.utilisation.back();
    const auto fullest =
        static_cast<std::size_t>(std::max_element(last.begin(), last.end()) - last.begin());
    out << fmt::format("  {:<18}{} {:.0f} % now, {:.0f} % at the end; {}\n", group.name,
                       names[fullest], 100 * group.utilisation_now[fullest], 100 * last[fullest],
                       sold_out_words(group.sell_out, forecast.begins));
  }
}

}  // namespace

std::string stock_words(std::int64_t stock) {
  constexpr std::int64_t column_max = 2147483647;
  if (stock == 0) return "sold out";
  return stock >= column_max ? "unlimited" : std::to_string(stock);
}

std::string sell_out_sentence(const ProductFigures& product, const Begins& begins) {
  const auto& [first, median, last] = product.sell_out.quantiles;
  if (product.stock_now == 0 && last.value == 0) {
    const double ready = product.figures.ready_rate.value;
    if (ready == 0) return "sold out today, and not back in stock within the horizon.";
    return fmt::format("sold out today; back in stock {} of the time.", percent(ready));
  }
  const Estimate& within = product.sell_out.within_horizon;
  if (within.value == 0) {
    return fmt::format("no run sells out (at most {} of them would).", percent(within.high));
  }
  if (std::isinf(first.value)) {
    return fmt::format("{} of the runs sell out.", percent(within.value));
  }
  if (std::isinf(median.value)) {
    return fmt::format("{} of the runs sell out, one in ten by {}.", percent(within.value),
                       day(first.value, begins));
  }
  return fmt::format("half of the runs sell out by {}, one in ten by {}.",
                     day(median.value, begins), day(first.value, begins));
}

std::string leaning_sentence(const ProductFigures& product, const Begins& begins) {
  if (!product.leanings) return {};
  const auto& [least, most] = *product.leanings;
  const auto half = [&](double sold_out_day) {
    return std::isinf(sold_out_day) ? "fewer than half sell out"
                                    : "half sell out by " + day(sold_out_day, begins);
  };
  return fmt::format(
      "where it is highest (a fifth of the runs, x{:.2f}) {}; where it is lowest (x{:.2f}) {}",
      most.demand, half(most.sold_out_day), least.demand, half(least.sold_out_day));
}

std::vector<std::string> location_sentences(const ProductFigures& product) {
  std::vector<std::string> sentences;
  if (product.locations.size() < 2) return sentences;
  for (const LocationFigures& location : product.locations) {
    const double share = location.wanted == 0 ? 0 : location.lost / location.wanted;
    sentences.push_back(fmt::format("{}: {:.1f} wanted, {:.1f} not served ({})", location.name,
                                    location.wanted, location.lost, percent(share)));
  }
  return sentences;
}

std::string lacking_location(const ProductFigures& product) {
  const auto& all = product.locations;
  if (all.empty()) return "none";
  if (all.size() == 1) return all.front().name;
  const auto most =
      std::max_element(all.begin(), all.end(),
                       [](const auto& one, const auto& other) { return one.lost < other.lost; });
  return most->lost == 0 ? fmt::format("{} locations", all.size()) : most->name + " lacks most";
}

std::string money_sentence(const Figures& figures, const std::string& currency) {
  return fmt::format(
      "{} a month sold, {} lost, {} oversold; until the horizon {} earned, {} lost ({} in the "
      "worst tenth of the runs){}",
      money(figures.money_served.value, currency), money(figures.money_lost.value, currency),
      money(figures.money_oversold.value, currency), money(figures.revenue_served.value, currency),
      money(figures.revenue_lost.value, currency), money(figures.revenue_lost_tail, currency),
      currency.empty() ? "; the plan names no currency" : "");
}

std::string verdict_words(const forecast::Verdict& verdict) {
  switch (verdict.is) {
    case forecast::Verdict::Is::met:
      return "met: " + verdict.found;
    case forecast::Verdict::Is::not_met:
      return "not met: " + verdict.found;
    case forecast::Verdict::Is::unknown:
      break;
  }
  return "not known with so few runs: " + verdict.found;
}

void print_forecast(const Forecast& forecast, const std::vector<Comparison>& comparisons,
                    const std::vector<forecast::Verdict>& verdicts, std::ostream& out) {
  out << forecast.name << "\n" << forecast.description << "\n\n";
  for (const std::string& note : forecast.notes) out << "note: " << note << "\n";
  if (!forecast.notes.empty()) out << "\n";
  for (const ProductFigures& product : forecast.products) {
    out << fmt::format("{} (product {}): {}\n", product.name, product.id,
                       sell_out_sentence(product, forecast.begins));
  }
  for (const ProductFigures& product : forecast.products) {
    print_product(product, forecast, out);
  }
  if (forecast.products.size() > 1) {
    out << "\nAll products\n";
    print_sales(forecast.total, forecast, out);
  }
  print_groups(forecast, out);
  if (forecast.api_calls.value > 0) {
    out << fmt::format("\n{:.0f} API calls per run\n", forecast.api_calls.value);
  }
  for (const Comparison& comparison : comparisons) print_what_if(comparison, forecast, out);
  if (!verdicts.empty()) out << "\nExpected\n";
  for (const forecast::Verdict& one : verdicts) {
    out << "  " << one.expected << ": " << verdict_words(one) << "\n";
  }
  out << fmt::format("\n{} runs; ranges are 95 % intervals", forecast.replicates);
  out << (comparisons.empty() ? ".\n" : "; what-ifs share each run's chance with the plan.\n");
}

}  // namespace vfstock::sim::cli
