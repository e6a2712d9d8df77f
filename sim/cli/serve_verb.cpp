// vfstock serve: the daemon.

#include <charconv>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "engine/live/serve/daemon.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/secret_files.h"
#include "sim/cli/verb.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions serve_options() {
  VerbOptions options{
      .verb = "serve",
      .usage = "vfstock serve [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock serve --config /etc/vfstock/vfstock.conf\n"
          "  vfstock serve --panel https://panel.example/api/v1 --token-file token \\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password \\\n"
          "    --journal /var/lib/vfstock/journal.db --hook-secret-file hook-secret\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()  //
      ("listen", word("ADDRESS:PORT")->default_value("127.0.0.1:8893"),
       "where events are taken and the status is shown; port 0: any free one")               //
      ("tls-certificate", word("FILE"), "serve over TLS with this certificate chain (PEM)")  //
      ("tls-key", word("FILE"), "and its private key (PEM)")                                 //
      ("plain-http", po::bool_switch(),
       "listen without TLS on an address that other machines reach")  //
      ("host", po::value<std::vector<std::string>>()->value_name("NAME")->composing(),
       "a further name that this service is reached under; repeat for more")  //
      ("hook-secret-file", word("FILE"),
       "secrets of the WHMCS hook, whsec_..., one a line (vfstock hook install makes one)")  //
      ("virtfusion-token-file", word("FILE"),
       "bearer tokens of the panel's own webhooks, one a line")  //
      ("operator-token-file", word("FILE"),
       "the token with which people may recalculate and release the brake")  //
      ("whmcs-api", word("URL"),
       "the folder of WHMCS's api.php, e.g. https://shop.example/includes; accepts orders")  //
      ("whmcs-credentials-file", word("FILE"),
       "two lines: identifier and secret of API credentials that may AcceptOrder")  //
      ("watch-services", word("TIME")->default_value("0s"),
       "look for new and ended services this often, where no hook is installed; 0s: never")  //
      ("log-format", word("FORMAT")->default_value("logfmt"), "logfmt or json")              //
      ("log-level", word("LEVEL")->default_value("info"), "error, warning, notice, info or debug");
  add_journal_options(options.named);
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_policy_options(options.named);
  add_policy_options(options.named, plan::PolicyUse::time);
  return options;
}

std::vector<std::string> secrets_of(const po::variables_map& values, const char* option,
                                    const Invocation& invocation) {
  constexpr std::size_t secrets_max = 8;
  if (!values.contains(option)) return {};
  return secret_lines(option, values[option].as<std::string>(), secrets_max, invocation.err);
}

serve::Listen listen_from(const po::variables_map& values) {
  serve::Listen listen;
  const std::string& text = values["listen"].as<std::string>();
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size() ||
      listen.port < 0 || listen.port > 65535) {
    throw UsageError("--listen: '" + text + "' is no address and port, e.g. 127.0.0.1:8893");
  }
  listen.host = text.substr(0, colon);
  if (listen.host.starts_with('[') && listen.host.ends_with(']')) {
    listen.host = listen.host.substr(1, listen.host.size() - 2);
  }
  if (listen.host.empty()) throw UsageError("--listen: an address is needed before the port");
  if (values.contains("tls-certificate") != values.contains("tls-key")) {
    throw UsageError("--tls-certificate and --tls-key go together");
  }
  if (values.contains("tls-certificate")) {
    listen.tls = {values["tls-certificate"].as<std::string>(), values["tls-key"].as<std::string>()};
  }
  listen.plain_elsewhere = values["plain-http"].as<bool>();
  if (values.contains("host")) listen.names = values["host"].as<std::vector<std::string>>();
  return listen;
}

std::optional<serve::WhmcsApi> whmcs_api(const po::variables_map& values,
                                         const Invocation& invocation) {
  if (!values.contains("whmcs-api") && !values.contains("whmcs-credentials-file")) return {};
  const std::vector<std::string> lines = secrets_of(values, "whmcs-credentials-file", invocation);
  if (!values.contains("whmcs-api") || lines.size() != 2) {
    throw UsageError(
        "--whmcs-api URL and --whmcs-credentials-file FILE go together; the file holds two lines, "
        "identifier and secret");
  }
  serve::WhmcsApi api{values["whmcs-api"].as<std::string>(), lines[0], lines[1], std::nullopt};
  if (values.contains("ca-file")) api.ca_file = values["ca-file"].as<std::string>();
  return api;
}

std::chrono::seconds watch_interval(const po::variables_map& values) {
  const std::string& text = values["watch-services"].as<std::string>();
  const auto time = duration_from(text);
  if (!time || time->count() < 0 || (time->count() > 0 && *time < std::chrono::seconds{5})) {
    throw UsageError("--watch-services: '" + text + "' is no time of 5s or more, nor 0s");
  }
  return std::chrono::duration_cast<std::chrono::seconds>(*time);
}

serve::Log::Settings log_settings(const po::variables_map& values, const Invocation& invocation) {
  using serve::Level;
  const std::string level = one_of("log-level", values["log-level"].as<std::string>(),
                                   {"error", "warning", "notice", "info", "debug"});
  serve::Log::Settings log;
  for (const Level known :
       {Level::error, Level::warning, Level::notice, Level::info, Level::debug}) {
    if (level == serve::name(known)) log.most = known;
  }
  const std::string format =
      one_of("log-format", values["log-format"].as<std::string>(), {"logfmt", "json"});
  log.format = format == "json" ? serve::Log::Format::json : serve::Log::Format::logfmt;
  log.journald = invocation.environment.contains("JOURNAL_STREAM");
  return log;
}

serve::Settings settings_from(const po::variables_map& values, const Invocation& invocation) {
  serve::Settings settings;
  settings.panel = panel_settings(values, invocation);
  settings.shop = shop_settings(values, invocation);
  settings.journal = journal_settings(values, invocation);
  settings.policy = policy_words(values);
  policy_from(settings.policy);
  settings.listen = listen_from(values);
  settings.secrets.hook = secrets_of(values, "hook-secret-file", invocation);
  settings.secrets.virtfusion = secrets_of(values, "virtfusion-token-file", invocation);
  const auto token = secrets_of(values, "operator-token-file", invocation);
  if (!token.empty()) settings.secrets.operator_token = token.front();
  settings.whmcs = whmcs_api(values, invocation);
  settings.watch_services = watch_interval(values);
  settings.log = log_settings(values, invocation);
  return settings;
}

/// Reads everything again as it was read at the start: files may have changed, arguments have not.
serve::Settings read_again(const Invocation& invocation) {
  const auto values = read_options(serve_options(), invocation);
  if (!values) throw UsageError("--help cannot be reloaded");
  return settings_from(*values, invocation);
}

}  // namespace

int serve_verb(const Invocation& invocation) {
  const auto values = read_options(serve_options(), invocation);
  if (!values) return Status::good;
  const serve::Surroundings surroundings{
      .environment = invocation.environment,
      .talk = invocation.err,
      .version = VFSTOCK_VERSION,
      .read_again = [&invocation] { return read_again(invocation); },
      .listening = [&invocation](const std::string& url) { invocation.out << url << std::endl; }};
  serve::Settings settings = settings_from(*values, invocation);
  announce_new_journal(*values, invocation);
  return serve::serve(std::move(settings), surroundings);
}

}  // namespace vfstock::sim::cli
