// vfstock status: how the last sweeps went, for people and for monitoring.
#include <chrono>

#include "engine/base/duration.h"
#include "engine/catalogue/catalogue.h"
#include "engine/live/real_clock.h"
#include "engine/live/shop_status.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/status_text.h"
#include "sim/cli/verb.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions status_options() {
  VerbOptions options{
      .verb = "status",
      .usage = "vfstock status [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock status\n"
          "  vfstock status --prometheus > /var/lib/node_exporter/vfstock.prom\n"
          "\nExit status as monitoring plugins have it: 0 ok, 1 warning, 2 critical, 3 unknown.\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  add_journal_option(options.named);
  options.named.add_options()  //
      ("warning", word("TIME")->default_value("15m"),
       "warn when the last good sweep is older than this")  //
      ("critical", word("TIME")->default_value("1h"),
       "critical when the last good sweep is older than this")                                 //
      ("prometheus", po::bool_switch(), "print metrics, and exit 0 where they could be read")  //
      ("json", po::bool_switch(), "machine output on stdout");
  return options;
}

std::chrono::milliseconds time_from(const po::variables_map& values, const char* option) {
  const std::string& text = values[option].as<std::string>();
  const auto time = duration_from(text);
  if (!time)
    throw UsageError(std::string("--") + option + ": '" + text + "' is no time such as 15m");
  return *time;
}

}  // namespace

int status_verb(const Invocation& invocation) {
  const auto values = read_options(status_options(), invocation);
  if (!values) return Status::good;
  const AgeLimits limits{time_from(*values, "warning"), time_from(*values, "critical")};
  const WallTime now = live::RealClock().wall();
  try {
    const live::ShopStatus status =
        live::shop_status(journal_file(*values, invocation), now - std::chrono::hours{24});
    const Health health = health_of(status, now, limits);
    if ((*values)["prometheus"].as<bool>()) {
      invocation.out << status_metrics(status, health);
      return Status::good;
    }
    if ((*values)["json"].as<bool>()) {
      invocation.out << status_json(status, now, health)
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                     << "\n";
    } else {
      invocation.out << status_text(status, now, health);
    }
    return static_cast<int>(health);
  } catch (const catalogue::StoreError& error) {
    invocation.out << "VFSTOCK UNKNOWN - " << report::clean(error.what()) << "\n";
    return static_cast<int>(Health::unknown);
  }
}

}  // namespace vfstock::sim::cli
