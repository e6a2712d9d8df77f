#include "sim/cli/forecast/purchase_text.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/format.h>

#include "sim/cli/forecast/forecast_data.h"

namespace vfstock::sim::cli {

using document::Json;
using forecast::Estimate;
using forecast::Purchase;
using forecast::PurchaseAnswer;
using forecast::PurchaseChoice;
using forecast::PurchaseTrial;

namespace {

using cli::json_of;

double days_of(forecast::Time time) { return static_cast<double>(time) / forecast::day_ms; }

bool is_priced(const Purchase& purchase) {
  return std::any_of(purchase.offers.begin(), purchase.offers.end(),
                     [](const auto& offer) { return offer.price > 0 || offer.monthly > 0; });
}

bool earns(const PurchaseAnswer& answer) {
  return answer.without.measure.revenue.value > 0 || answer.without.measure.revenue_lost.value > 0;
}

std::string target_words(const Purchase& purchase) {
  const std::string whose =
      purchase.product ? fmt::format(" of product {}", *purchase.product) : "";
  switch (purchase.target) {
    case Purchase::Target::fill_rate:
      return fmt::format("{} of the VPSes wanted{} are to be served", percent(purchase.threshold),
                         whose);
    case Purchase::Target::sold_out:
      return fmt::format("a sell-out{} in at most {} of the runs", whose,
                         percent(purchase.threshold));
    case Purchase::Target::money:
      break;
  }
  return "as much revenue less cost as can be";
}

std::string target_figure(const Purchase& purchase, const PurchaseTrial& trial,
                          const std::string& currency) {
  switch (purchase.target) {
    case Purchase::Target::fill_rate:
      return percent_range(trial.measure.fill_rate) + " served";
    case Purchase::Target::sold_out:
      return percent_range(trial.measure.sold_out) + " of the runs sell out";
    case Purchase::Target::money:
      break;
  }
  return money(trial.net(), currency) + " earned less cost";
}

/// When the hypervisors of the choice are there: of several the last.
std::string there_words(const Purchase& purchase, const PurchaseChoice& choice,
                        const Begins& begins) {
  double median = 0, late = 0;
  for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
    if (choice.counts[i] == 0) continue;
    median = std::max(median, purchase.offers[i].lead.life(0.5));
    late = std::max(late, purchase.offers[i].lead.life(0.9));
  }
  const double ordered = days_of(choice.ordered_at);
  const std::string there = "there on " + day(ordered + median / forecast::day_ms, begins);
  if (late == median) return there;
  return there + " (one time in ten later than " + day(ordered + late / forecast::day_ms, begins) +
         ")";
}

void print_trials(const Purchase& purchase, const PurchaseAnswer& answer,
                  const PurchaseContext& context, std::ostream& out) {
  out << "  choices, * efficient: none costs as little and serves more\n";
  for (const PurchaseTrial& trial : answer.trials) {
    if (trial.choice.ordered_at != 0) continue;
    out << fmt::format("  {} {:<28} {:>16}  {} served", trial.is_efficient ? "*" : " ",
                       choice_words(purchase, trial.choice),
                       is_priced(purchase) ? money(trial.cost, context.currency) : "",
                       percent(trial.measure.fill_rate.value));
    if (earns(answer)) {
      out << fmt::format(", lost {} ({} in the worst tenth), net {}",
                         money(trial.measure.revenue_lost.value, context.currency),
                         money(trial.measure.revenue_lost_tail, context.currency),
                         money(trial.net(), context.currency));
    }
    out << "\n";
  }
}

Json json_of(const Purchase& purchase, const PurchaseTrial& trial, const Begins& begins) {
  Json json{{"count", trial.choice.total()}, {"counts", Json::object()}};
  for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
    json["counts"][purchase.offers[i].name] = trial.choice.counts[i];
  }
  if (trial.choice.total() > 0) {
    const double ordered = days_of(trial.choice.ordered_at);
    double lead = 0;
    for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
      if (trial.choice.counts[i] > 0) lead = std::max(lead, purchase.offers[i].lead.life(0.5));
    }
    json["order_by_day"] = ordered;
    json["there_on_day"] = ordered + lead / forecast::day_ms;
    if (begins) {
      const auto date = *begins + std::chrono::seconds{std::llround(ordered * 86'400)};
      json["order_by"] = forecast::calendar_text(date);
    }
  }
  json["cost"] = trial.cost;
  json["fill_rate"] = json_of(trial.measure.fill_rate);
  json["sold_out"] = json_of(trial.measure.sold_out);
  json["revenue"] = json_of(trial.measure.revenue);
  json["revenue_lost"] = json_of(trial.measure.revenue_lost);
  json["revenue_lost_worst_tenth"] = trial.measure.revenue_lost_tail;
  json["net"] = trial.net();
  json["efficient"] = trial.is_efficient;
  return json;
}

const char* target_name(const Purchase& purchase) {
  switch (purchase.target) {
    case Purchase::Target::fill_rate:
      return "fill_rate";
    case Purchase::Target::sold_out:
      return "sold_out_at_most";
    case Purchase::Target::money:
      break;
  }
  return "money";
}

}  // namespace

std::string choice_words(const Purchase& purchase, const PurchaseChoice& choice) {
  const std::int64_t total = choice.total();
  if (total == 0) return "none";
  if (purchase.offers.size() == 1 && purchase.offers.front().name.empty()) {
    return fmt::format("{} hypervisor{}", total, total == 1 ? "" : "s");
  }
  std::string words;
  for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
    if (choice.counts[i] == 0) continue;
    if (!words.empty()) words += ", ";
    words += fmt::format("{} {}", choice.counts[i], purchase.offers[i].name);
  }
  return words;
}

void print_purchase(const Purchase& purchase, const PurchaseAnswer& answer,
                    const PurchaseContext& context, std::ostream& out) {
  out << fmt::format("{}: {}\n", purchase.name, target_words(purchase));
  out << fmt::format("  {:<12} {}\n", context.under,
                     target_figure(purchase, answer.without, context.currency));
  const auto line = [&](const char* what, const PurchaseTrial& trial) {
    out << fmt::format("  {:<12} {}, {}: {}", what, choice_words(purchase, trial.choice),
                       there_words(purchase, trial.choice, context.begins),
                       target_figure(purchase, trial, context.currency));
    if (is_priced(purchase)) out << ", for " << money(trial.cost, context.currency);
    out << "\n";
  };
  if (!answer.best) {
    line("not enough", *std::max_element(answer.trials.begin(), answer.trials.end(),
                                         [](const auto& one, const auto& other) {
                                           return one.choice.total() < other.choice.total();
                                         }));
  } else if (answer.best->choice.total() == 0) {
    out << "  buy          none is needed\n";
  } else {
    line("buy", *answer.best);
    const bool is_money = purchase.target == Purchase::Target::money;
    out << fmt::format("  {:<12} {}, {}: {}\n", is_money ? "order on" : "order by",
                       day(days_of(answer.latest->choice.ordered_at), context.begins),
                       there_words(purchase, answer.latest->choice, context.begins),
                       target_figure(purchase, *answer.latest, context.currency));
  }
  print_trials(purchase, answer, context, out);
}

Json purchase_json(const Purchase& purchase, const PurchaseAnswer& answer,
                   const PurchaseContext& context) {
  const auto maybe = [&](const std::optional<PurchaseTrial>& trial) {
    return trial ? json_of(purchase, *trial, context.begins) : Json(nullptr);
  };
  Json json{{"format", 1},
            {"purchase", purchase.name},
            {"under", context.under},
            {"replicates", context.replicates},
            {"target", {{target_name(purchase), purchase.threshold}}},
            {"without", json_of(purchase, answer.without, context.begins)},
            {"best", maybe(answer.best)},
            {"latest", maybe(answer.latest)},
            {"trials", Json::array()}};
  if (purchase.target == Purchase::Target::money) json["target"] = {{"money", true}};
  if (!context.currency.empty()) json["currency"] = context.currency;
  for (const PurchaseTrial& trial : answer.trials) {
    json["trials"].push_back(json_of(purchase, trial, context.begins));
  }
  return json;
}

std::string purchase_csv_header(const Purchase& purchase) {
  std::string header = "under";
  for (const auto& offer : purchase.offers) {
    std::string name = offer.name.empty() ? "count" : offer.name;
    std::replace(name.begin(), name.end(), ',', ';');
    header += "," + name;
  }
  return header +
         ",order_day,cost,fill_rate,low,high,sold_out,revenue_lost,worst_tenth,net,"
         "efficient\n";
}

std::string purchase_csv(const PurchaseAnswer& answer, const PurchaseContext& context) {
  std::string csv, under = context.under;
  std::replace(under.begin(), under.end(), ',', ';');
  for (const PurchaseTrial& trial : answer.trials) {
    csv += under;
    for (const std::int64_t count : trial.choice.counts) csv += fmt::format(",{}", count);
    const auto& measure = trial.measure;
    csv += fmt::format(",{},{},{},{},{},{},{},{},{},{}\n", days_of(trial.choice.ordered_at),
                       trial.cost, measure.fill_rate.value, measure.fill_rate.low,
                       measure.fill_rate.high, measure.sold_out.value, measure.revenue_lost.value,
                       measure.revenue_lost_tail, trial.net(), trial.is_efficient ? 1 : 0);
  }
  return csv;
}

report::ForecastPurchase purchase_section(const Purchase& purchase, const PurchaseAnswer& answer,
                                          const PurchaseContext& context) {
  report::ForecastPurchase section;
  section.name = purchase.name;
  std::ostringstream words;
  print_purchase(purchase, answer, context, words);
  std::istringstream lines(words.str());
  for (std::string line; std::getline(lines, line);) {
    if (line.find("choices, *") != std::string::npos) break;
    section.sentences.push_back(line);
  }
  const bool priced = is_priced(purchase);
  section.cost_name = priced ? "cost" + (context.currency.empty() ? "" : ", " + context.currency)
                             : "hypervisors bought";
  section.share_name = "served of what is wanted";
  section.columns = {"choice", "cost", "served", "sold out", "lost revenue", "worst tenth", "net"};
  for (const PurchaseTrial& trial : answer.trials) {
    if (trial.choice.ordered_at != 0) continue;
    const auto& measure = trial.measure;
    report::ForecastPurchase::Row row;
    row.cells = {choice_words(purchase, trial.choice),
                 money(trial.cost, context.currency),
                 percent(measure.fill_rate.value),
                 percent(measure.sold_out.value),
                 money(measure.revenue_lost.value, context.currency),
                 money(measure.revenue_lost_tail, context.currency),
                 money(trial.net(), context.currency)};
    row.cost = priced ? trial.cost : static_cast<double>(trial.choice.total());
    row.share = measure.fill_rate.value;
    row.is_efficient = trial.is_efficient;
    row.is_chosen = answer.best && trial.choice == answer.best->choice;
    section.rows.push_back(std::move(row));
  }
  return section;
}

}  // namespace vfstock::sim::cli
