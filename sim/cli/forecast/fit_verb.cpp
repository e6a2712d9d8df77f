// vfstock fit: a demand model from what was sold, and how well it would have done.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "engine/catalogue/order_history.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "mockpanel/model/duration.h"
#include "sim/cli/forecast/fit_report.h"
#include "sim/cli/live_options.h"
#include "sim/cli/moment.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/cli/whole_file.h"
#include "sim/document/read_bytes.h"
#include "sim/forecast/calendar.h"
#include "sim/forecast/fit/closed.h"
#include "sim/forecast/fit/demand_json.h"
#include "sim/forecast/fit/shared_levels.h"
#include "sim/forecast/fit/shop_history.h"
#include "sim/forecast/fit/trace.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
namespace fit = forecast::fit;
using document::Json;

namespace {

VerbOptions fit_options() {
  VerbOptions options{
      .verb = "fit",
      .usage = "vfstock fit [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock fit --shop sqlite:shop.db --out demand.json\n"
          "  vfstock fit --shop mysql://vfstock@localhost/whmcs --shop-password-file password\n"
          "  vfstock fit --trace sales.csv --map small=1 --map large=2 --out demand.json\n"
          "  vfstock fit --shop sqlite:shop.db --event friday=2025-11-24..2025-12-01 "
          "--closed 12=2026-02-03..2026-02-09\n"
          "  vfstock forecast --demand demand.json plan.json\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  add_shop_options(options.named);
  options.named.add_options()  //
      ("trace", po::value<std::string>()->value_name("FILE"),
       "read an event list instead: time,product,lifetime,censored[,batch][,stock][,cycle][,ends]")(
          "map", po::value<std::vector<std::string>>()->value_name("NAME=ID")->composing(),
          "the trace's product NAME is the shop's product ID; repeatable")  //
      ("as-of", po::value<std::string>()->value_name("TIME"),
       "pretend that it is this time on the shop's clock, instead of now (a trace: its end)")  //
      ("location-option", po::value<std::string>()->value_name("NAME")->default_value("Location"),
       "the configurable option that names the group")  //
      ("period", po::value<std::string>()->value_name("P"),
       "count by day, hour or 5m (default: day, or hour where there are less than 21 days)")  //
      ("lead", po::value<std::string>()->value_name("D"),
       "how far ahead it matters, e.g. 14d: the model that forecasts such totals best is used "
       "(default: 14 of the period's days, or 24 of shorter periods)")  //
      ("closed",
       po::value<std::vector<std::string>>()->value_name("[PRODUCT=]FROM..TO")->composing(),
       "nothing could be ordered then; dates, the last day included, or times; repeatable")  //
      ("event", po::value<std::vector<std::string>>()->value_name("NAME=FROM..TO")->composing(),
       "a time out of the ordinary, left out and learnt as a factor; repeatable, also with the "
       "same "
       "name")  //
      ("prior", po::value<std::string>()->value_name("LOW..HIGH"),
       "orders a day that are plausible before any was seen, for eight products of ten (default: "
       "0.02..2)")  //
      ("out", po::value<std::string>()->value_name("FILE"),
       "write the demand as forecast --demand takes it")       //
      ("json", po::bool_switch(), "machine output on stdout")  //
      ("csv", po::value<std::string>()->value_name("FILE"),
       "write the backtest: time, product, observed, quantiles");
  return options;
}

/// The past and what its products are called.
struct Source {
  fit::History history;
  std::map<std::string, std::string> names;     // for people
  std::map<std::string, std::int64_t> product;  // the shop's ids, where they are known
};

std::int64_t id_from(const std::string& text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
}

double seconds_of(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::optional<WallTime> as_of(const po::variables_map& values) {
  if (!values.contains("as-of")) return std::nullopt;
  const auto time = moment_from(values["as-of"].as<std::string>());
  if (!time) throw UsageError("--as-of: expected a time such as 2026-11-24 or 2026-11-24T03:00");
  return time;
}

Source read_shop(const po::variables_map& values, const Invocation& invocation) {
  const ShopSettings settings = shop_settings(values, invocation);
  const std::string& option = values["location-option"].as<std::string>();
  const auto database =
      live::open_database(settings.address, settings.password, live::Access::read_only);
  Source source;
  try {
    source.history = fit::history_of(catalogue::sold_services(*database, option),
                                     as_of(values).value_or(live::RealClock().wall()));
  } catch (const catalogue::StoreError& error) {
    if (settings.address.kind != catalogue::ShopAddress::Kind::mysql) throw;
    throw catalogue::StoreError(fmt::format(
        "{}; beside the privileges of vfstock check --grants fit needs: {}", error.what(),
        catalogue::history_privileges(settings.address.database,
                                      fmt::format("'{}'@'HOST'", settings.address.user))));
  }
  source.history.source = settings.address.text();
  catalogue::SqlCatalogue shop(*database, option);
  for (const catalogue::Product& row : shop.managed_products()) {
    const std::string id = std::to_string(row.id.value);
    source.names[id] = fmt::format("{} (product {})", row.name, id);
    source.product[id] = row.id.value;
  }
  return source;
}

void read_map(Source& source, const po::variables_map& values) {
  if (!values.contains("map")) return;
  std::map<std::string, std::int64_t> given;
  for (const std::string& entry : values["map"].as<std::vector<std::string>>()) {
    const std::size_t equals = entry.rfind('=');
    const std::string name = entry.substr(0, equals);
    const std::int64_t id = equals == std::string::npos ? 0 : id_from(entry.substr(equals + 1));
    if (id == 0) throw UsageError("--map: expected NAME=ID, found '" + entry + "'");
    if (!source.names.contains(name)) {
      throw UsageError("--map: the trace has no product '" + name + "'");
    }
    if (const auto earlier = given.find(name); earlier != given.end()) {
      throw UsageError(fmt::format("--map: '{}' is given twice, as {} and as {}; say it once", name,
                                   earlier->second, id));
    }
    given[name] = id;
    source.product[name] = id;
  }
}

constexpr std::size_t trace_bytes_max = std::size_t{256} << 20;

Source read_trace_file(const po::variables_map& values) {
  if (values.contains("shop")) throw UsageError("--trace and --shop: expected one of them");
  const std::string& file = values["trace"].as<std::string>();
  std::istringstream stream(document::read_bytes(file, trace_bytes_max));
  Source source;
  source.history = fit::read_trace(stream, file);
  if (const auto end = as_of(values)) fit::end_at(source.history, seconds_of(*end));
  for (const auto& [product, sales] : fit::sales_by_product(source.history)) {
    source.names[product] = "product " + product;
    if (const std::int64_t id = id_from(product)) source.product[product] = id;
  }
  read_map(source, values);
  return source;
}

fit::Period period_from(const po::variables_map& values, const fit::History& history) {
  const double seconds = history.sales.empty() ? 0 : history.end - history.sales.front().at;
  constexpr double days_min = 21;
  fit::Period period = seconds < days_min * fit::day_s ? fit::Period::hour : fit::Period::day;
  if (values.contains("period")) {
    const auto word = one_of("period", values["period"].as<std::string>(), {"day", "hour", "5m"});
    period = word == "day"    ? fit::Period::day
             : word == "hour" ? fit::Period::hour
                              : fit::Period::five_minutes;
  }
  constexpr double periods_max = 100'000;
  if (seconds / fit::seconds_of(period) > periods_max) {
    throw UsageError(fmt::format("--period: {:.0f} periods are more than {:.0f}; take a longer one",
                                 seconds / fit::seconds_of(period), periods_max));
  }
  return period;
}

std::size_t lead_from(const po::variables_map& values, fit::Period period) {
  if (!values.contains("lead")) return period == fit::Period::day ? 14 : 24;
  const auto lead = mockpanel::model::duration_from(values["lead"].as<std::string>());
  if (!lead || lead->count() <= 0) throw UsageError("--lead: expected a duration such as 14d");
  const double periods = static_cast<double>(lead->count()) / 1000 / fit::seconds_of(period);
  return static_cast<std::size_t>(std::clamp(std::round(periods), 1.0, 1000.0));
}

fit::PriorRange prior_from(const po::variables_map& values) {
  fit::PriorRange range;
  if (!values.contains("prior")) return range;
  const std::string& text = values["prior"].as<std::string>();
  const std::size_t dots = text.find("..");
  const auto number = [&](const std::string& part) {
    double value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc() && end == part.data() + part.size() ? value : 0;
  };
  if (dots != std::string::npos) {
    range = {number(text.substr(0, dots)), number(text.substr(dots + 2))};
  }
  constexpr double least = 1e-6, most = 1e6;
  if (dots == std::string::npos || !(range.low >= least) || !(range.high <= most) ||
      !(range.low < range.high)) {
    throw UsageError("--prior: expected orders a day such as 0.05..3, found '" + text + "'");
  }
  return range;
}

/// FROM..TO; a TO that is a date alone is the end of that day.
fit::Span span_from(const char* option, const std::string& text) {
  const std::size_t dots = text.find("..");
  const auto moment = [](const std::string& part) { return forecast::calendar_seconds(part); };
  const auto from = moment(text.substr(0, dots));
  const std::string last = dots == std::string::npos ? "" : text.substr(dots + 2);
  auto until = moment(last);
  constexpr std::size_t date_alone = 10;
  if (until && last.size() == date_alone) *until += fit::day_s;
  if (!from || !until || !(*from < *until)) {
    throw UsageError(
        fmt::format("--{}: expected dates or times such as 2026-11-24..2026-11-30, "
                    "found '{}'",
                    option, text));
  }
  return {*from, *until};
}

/// What is closed or special, from the options.
void read_spans(Source& source, const po::variables_map& values) {
  fit::History& history = source.history;
  if (values.contains("closed")) {
    for (const std::string& entry : values["closed"].as<std::vector<std::string>>()) {
      const std::size_t equals = entry.rfind('=');
      const std::string product = equals == std::string::npos ? "" : entry.substr(0, equals);
      if (!product.empty() && !source.names.contains(product)) {
        throw UsageError("--closed: there is no product '" + product + "'");
      }
      const std::string span = equals == std::string::npos ? entry : entry.substr(equals + 1);
      for (const auto& [name, words] : source.names) {
        if (product.empty() || product == name) {
          history.closed[name].push_back(span_from("closed", span));
        }
      }
    }
  }
  if (!values.contains("event")) return;
  for (const std::string& entry : values["event"].as<std::vector<std::string>>()) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError("--event: expected NAME=FROM..TO, found '" + entry + "'");
    }
    history.events.push_back(
        {entry.substr(0, equals), span_from("event", entry.substr(equals + 1))});
  }
}

/// What is fitted, and how: from the command line.
struct Order {
  fit::Period period = fit::Period::day;
  fit::ModelOptions model;
};

/// More products than a few are looked at from fewer moments each.
std::size_t moments_for(std::size_t products) {
  if (products > 1000) return 4;
  if (products > 200) return 8;
  return products > 20 ? 18 : 36;
}

FittedProduct fitted_product(const fit::History& history, const std::string& product,
                             std::vector<const fit::Sale*> sales, const Order& order) {
  const auto spans = [&](const std::map<std::string, std::vector<fit::Span>>& all) {
    const auto found = all.find(product);
    return found == all.end() ? std::vector<fit::Span>() : found->second;
  };
  std::vector<double> orders;
  std::int64_t last = 0;
  for (const fit::Sale* sale : sales) {
    if (orders.empty() || sale->batch != last) orders.push_back(sale->at);
    last = sale->batch;
  }
  const double begin = orders.empty() ? history.end : orders.front();
  std::vector<fit::Span> closed = spans(history.closed);
  const auto gaps = fit::closed_parts(orders, begin, history.end, closed, spans(history.emptied));
  closed.insert(closed.end(), gaps.begin(), gaps.end());
  const std::vector<fit::Span> named = fit::merged(closed);
  FittedProduct fitted;
  for (const fit::NamedEvent& event : history.events) closed.push_back(event.span);
  const fit::Past past =
      fit::past_of(std::move(sales), history.end, order.period, fit::merged(closed));
  fitted.model = fit::model_of(past, order.model);
  fitted.model.open_share = fit::open_share(past.begin, past.end, named);
  double since = past.begin;
  if (fitted.model.level_break) since = past.begin_of(fitted.model.level_break->period);
  std::erase_if(orders, [&](double moment) { return moment < since; });
  fitted.suspicious = fit::suspicious_gaps(orders, since, past.end, past.closed);
  return fitted;
}

/// What all products share is taken from each one's own levels when it is written.
void find_shared(FitReport& report, std::size_t lead) {
  std::vector<const fit::DemandModel*> models;
  for (const FittedProduct& product : report.products) models.push_back(&product.model);
  const fit::SharedLevels shared = fit::shared_levels(models, lead);
  report.shared_ratio = shared.ratio;
  for (FittedProduct& product : report.products) product.model.shared = shared.spread;
}

FitReport report_of(const Source& source, Order order) {
  FitReport report;
  report.source = source.history.source;
  report.period = order.period;
  report.end = source.history.end;
  report.prior = order.model.prior;
  report.remarks = source.history.remarks;
  auto sales = fit::sales_by_product(source.history);
  order.model.moments = moments_for(sales.size());
  for (const auto& [product, name] : source.names) {
    try {
      report.products.push_back(
          fitted_product(source.history, product, std::move(sales[product]), order));
      report.products.back().name = name;
    } catch (const fit::NoFit& error) {
      report.remarks.push_back(name + " is left out: " + error.what());
    }
  }
  find_shared(report, order.model.lead);
  return report;
}

/// Nothing where a product has no id in the shop, and the name of that product.
std::optional<Json> fragment_of(const FitReport& report, const Source& source,
                                std::string& nameless) {
  std::vector<fit::NamedModel> models;
  models.reserve(report.products.size());
  std::set<std::int64_t> ids;
  for (const FittedProduct& product : report.products) {
    const auto id = source.product.find(product.model.product);
    if (id == source.product.end()) {
      nameless = product.model.product;
      return std::nullopt;
    }
    if (!ids.insert(id->second).second) {
      throw UsageError(fmt::format("--map: two products are the shop's product {}", id->second));
    }
    models.push_back({id->second, product.model});
  }
  return fit::demand_fragment(models, how_good(report), true);
}

int run_fit(const po::variables_map& values, const Invocation& invocation) {
  const fit::PriorRange prior = prior_from(values);
  Source source =
      values.contains("trace") ? read_trace_file(values) : read_shop(values, invocation);
  read_spans(source, values);
  Order order;
  order.period = period_from(values, source.history);
  order.model.lead = lead_from(values, order.period);
  order.model.prior = prior;
  order.model.events = source.history.events;
  const FitReport report = report_of(source, order);
  if (report.products.empty()) {
    invocation.err << "vfstock fit: " << report.source << ": nothing to learn from\n";
    for (const std::string& remark : report.remarks) {
      invocation.err << "  " << report::clean(remark) << "\n";
    }
    return Status::bad_answer;
  }
  std::string nameless;
  const std::optional<Json> fragment = fragment_of(report, source, nameless);
  if (values.contains("out")) {
    if (!fragment) {
      throw UsageError(fmt::format("--out: a plan knows products by number; say --map {}=ID",
                                   report::clean(nameless)));
    }
    write_whole_file(values["out"].as<std::string>(), fragment->dump(2) + "\n");
  }
  if (values.contains("csv")) {
    std::ostringstream csv;
    write_backtest_csv(report, csv);
    write_whole_file(values["csv"].as<std::string>(), csv.str());
  }
  if (values["json"].as<bool>()) {
    invocation.out << fit_json(report, fragment).dump() << "\n";
  } else {
    print_fit(report, invocation.out);
  }
  return Status::good;
}

}  // namespace

int fit_verb(const Invocation& invocation) {
  const auto values = read_options(fit_options(), invocation);
  if (!values) return Status::good;
  try {
    return run_fit(*values, invocation);
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock fit: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
