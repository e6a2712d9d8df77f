// vfstock fit: a demand model from what was sold, and how well it would have done.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/catalogue/order_history.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "sim/cli/forecast/fit_report.h"
#include "sim/cli/live_options.h"
#include "sim/cli/moment.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/cli/whole_file.h"
#include "sim/forecast/fit/demand_json.h"
#include "sim/forecast/fit/shop_history.h"
#include "sim/forecast/fit/trace.h"

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
          "  vfstock forecast --demand demand.json plan.json\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  add_shop_options(options.named);
  options.named.add_options()  //
      ("trace", po::value<std::string>()->value_name("FILE"),
       "read an event list instead: time,product,lifetime,censored[,batch]")  //
      ("map", po::value<std::vector<std::string>>()->value_name("NAME=ID")->composing(),
       "the trace's product NAME is the shop's product ID; repeatable")  //
      ("as-of", po::value<std::string>()->value_name("TIME"),
       "pretend that it is this time on the shop's clock, instead of now")  //
      ("location-option", po::value<std::string>()->value_name("NAME")->default_value("Location"),
       "the configurable option that names the group")  //
      ("period", po::value<std::string>()->value_name("P"),
       "count by day or by hour (default: day, or hour where there are less than 21 days)")  //
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
  bool is_shop = false;
};

std::int64_t id_from(const std::string& text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
}

WallTime as_of(const po::variables_map& values) {
  if (!values.contains("as-of")) return live::RealClock().wall();
  const auto time = moment_from(values["as-of"].as<std::string>());
  if (!time) throw UsageError("--as-of: expected a time such as 2026-11-24 or 2026-11-24T03:00");
  return *time;
}

Source read_shop(const po::variables_map& values, const Invocation& invocation) {
  const ShopSettings settings = shop_settings(values, invocation);
  const std::string& option = values["location-option"].as<std::string>();
  const auto database =
      live::open_database(settings.address, settings.password, live::Access::read_only);
  Source source;
  source.is_shop = true;
  try {
    source.history = fit::history_of(catalogue::sold_services(*database, option), as_of(values));
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

Source read_trace_file(const po::variables_map& values) {
  if (values.contains("shop")) throw UsageError("--trace and --shop: expected one of them");
  const std::string& file = values["trace"].as<std::string>();
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw UsageError(file + ": cannot be read");
  Source source;
  source.history = fit::read_trace(stream, file);
  for (const fit::Sale& sale : source.history.sales) {
    source.names[sale.product] = "product " + sale.product;
    if (const std::int64_t id = id_from(sale.product)) source.product[sale.product] = id;
  }
  if (!values.contains("map")) return source;
  for (const std::string& entry : values["map"].as<std::vector<std::string>>()) {
    const std::size_t equals = entry.rfind('=');
    const std::string name = entry.substr(0, equals);
    const std::int64_t id = equals == std::string::npos ? 0 : id_from(entry.substr(equals + 1));
    if (id == 0) throw UsageError("--map: expected NAME=ID, found '" + entry + "'");
    if (!source.names.contains(name)) {
      throw UsageError("--map: the trace has no product '" + name + "'");
    }
    source.product[name] = id;
  }
  return source;
}

fit::Period period_from(const po::variables_map& values, const fit::History& history) {
  if (values.contains("period")) {
    const auto word = one_of("period", values["period"].as<std::string>(), {"day", "hour"});
    return word == "day" ? fit::Period::day : fit::Period::hour;
  }
  constexpr double days_min = 21;
  const double days =
      history.sales.empty() ? 0 : (history.end - history.sales.front().at) / fit::day_s;
  return days < days_min ? fit::Period::hour : fit::Period::day;
}

FitReport report_of(const Source& source, fit::Period period) {
  FitReport report;
  report.source = source.history.source;
  report.period = period;
  report.end = source.history.end;
  report.remarks = source.history.remarks;
  for (const auto& [product, name] : source.names) {
    const fit::Past past = fit::past_of(source.history, product, period);
    try {
      report.products.push_back({name, fit::model_of(past), fit::backtest_of(past)});
    } catch (const fit::NoFit& error) {
      report.remarks.push_back(name + " is left out: " + error.what());
    }
  }
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
  return fit::demand_fragment(models, how_good(report), source.is_shop);
}

int run_fit(const po::variables_map& values, const Invocation& invocation) {
  const Source source =
      values.contains("trace") ? read_trace_file(values) : read_shop(values, invocation);
  const FitReport report = report_of(source, period_from(values, source.history));
  if (report.products.empty()) {
    invocation.err << "vfstock fit: " << report.source << ": nothing to learn from\n";
    for (const std::string& remark : report.remarks) invocation.err << "  " << remark << "\n";
    return Status::bad_answer;
  }
  std::string nameless;
  const std::optional<Json> fragment = fragment_of(report, source, nameless);
  if (values.contains("out")) {
    if (!fragment) {
      throw UsageError(
          fmt::format("--out: a plan knows products by number; say --map {}=ID", nameless));
    }
    write_whole_file(values["out"].as<std::string>(), fragment->dump(2) + "\n");
  }
  if (values.contains("csv")) {
    const std::string& file = values["csv"].as<std::string>();
    std::ofstream stream(file, std::ios::binary);
    write_backtest_csv(report, stream);
    stream.close();
    if (!stream) throw UsageError(file + ": cannot be written");
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
