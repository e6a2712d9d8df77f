// vfstock panel: the mock panel alone, in real time, for testing any VirtFusion client.
#include <chrono>
#include <fstream>
#include <mutex>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <signal.h>

#include "mockpanel/api/api.h"
#include "mockpanel/faults/answering.h"
#include "mockpanel/faults/injector.h"
#include "mockpanel/wire/control.h"
#include "mockpanel/wire/request_journal.h"
#include "mockpanel/wire/server.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/document/document.h"
#include "sim/fleet/fleet.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
namespace api = mockpanel::api;
namespace faults = mockpanel::faults;
namespace model = mockpanel::model;
namespace wire = mockpanel::wire;

namespace {

constexpr std::size_t requests_remembered = 10'000;

VerbOptions panel_options() {
  VerbOptions options{.verb = "panel",
                      .usage = "vfstock panel [OPTIONS] FLEET",
                      .examples =
                          "Examples:\n"
                          "  vfstock panel scenarios/fleets/small-shop.json\n"
                          "  vfstock panel --port 8892 --control-port 8893 --json fleet.json\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()  //
      ("host", po::value<std::string>()->value_name("ADDRESS")->default_value("127.0.0.1"),
       "where to listen")  //
      ("port", po::value<int>()->value_name("N")->default_value(0),
       "of the panel's API; 0: any free port")  //
      ("control-port", po::value<int>()->value_name("N")->default_value(0),
       "of the port that adds and ends faults; 0: any free port")  //
      ("workers", po::value<int>()->value_name("N")->default_value(32),
       "requests served at once")  //
      ("token-file", po::value<std::string>()->value_name("FILE"),
       "the one bearer token that is accepted (default: any)")                     //
      ("strict", po::bool_switch(), "refuse what a careful client does not send")  //
      ("json", po::bool_switch(), "say where it listens as JSON");
  options.hidden.add_options()("fleet", po::value<std::string>());
  options.positional.add("fleet", 1);
  return options;
}

int number_from(const po::variables_map& values, const char* option, int least, int most) {
  const int value = values[option].as<int>();
  if (value < least || value > most) {
    throw UsageError(fmt::format("--{}: expected a number from {} to {}", option, least, most));
  }
  return value;
}

std::string token_in(const std::string& file) {
  std::ifstream stream(file);
  std::string token;
  if (!stream || !(stream >> token)) throw UsageError(file + ": holds no token");
  return token;
}

api::Options api_options(const po::variables_map& values) {
  api::Options options;
  options.strict = values["strict"].as<bool>();
  if (values.contains("token-file")) {
    options.tokens.push_back({.secret = token_in(values["token-file"].as<std::string>())});
  }
  return options;
}

std::string wall_time() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%S}+00:00",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

/// The panel's world with faults and journal, answering in real time.
class LivePanel {
 public:
  LivePanel(model::World world, api::Options options)
      : world_(std::move(world)), api_(world_, std::move(options)) {}

  /// Called by the wire, one request at a time.
  faults::Delivery answer(const api::Request& request) {
    const std::scoped_lock lock(mutex_);
    const faults::Rule* rule = injector_.judge(request, now());
    faults::Delivery delivery = faults::answer(rule, request, {api_, world_, now(), wall_time()});
    journal_.record(wire::journal_entry(request, delivery, rule != nullptr ? rule->id : "", now()));
    return delivery;
  }

  wire::ControlSubject control() {
    return {injector_, mutex_, journal_, [this] { return now(); }};
  }

 private:
  model::Time now() const {
    return std::chrono::duration_cast<model::Time>(std::chrono::steady_clock::now() - start_);
  }

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  model::World world_;
  api::Api api_;
  faults::Injector injector_{world_};
  wire::RequestJournal journal_{requests_remembered};
};

void say_where(const wire::Server& server, const wire::Control& control, bool json,
               std::ostream& out) {
  if (json) {
    out << nlohmann::ordered_json{{"format", 1},
                                  {"base_url", server.base_url()},
                                  {"port", server.port()},
                                  {"control_url", control.base_url()},
                                  {"control_port", control.port()}}
               .dump()
        << "\n";
  } else {
    out << "panel    " << server.base_url() << "\ncontrol  " << control.base_url() << "\n";
  }
  out.flush();
}

/// Signals that end the panel; blocked before any thread starts, so that only wait() sees them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~EndSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

}  // namespace

int panel_verb(const Invocation& invocation) {
  const auto values = read_options(panel_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("fleet")) {
    throw UsageError("name a fleet file (see vfstock panel --help)");
  }
  wire::ServerOptions server_options;
  server_options.host = (*values)["host"].as<std::string>();
  server_options.port = number_from(*values, "port", 0, 65535);
  server_options.workers = number_from(*values, "workers", 1, 1024);
  wire::ControlOptions control_options;
  control_options.port = number_from(*values, "control-port", 0, 65535);

  const EndSignals end_signals;
  LivePanel panel(fleet::read_fleet((*values)["fleet"].as<std::string>()).panel,
                  api_options(*values));
  try {
    wire::Server server(server_options,
                        [&](const api::Request& request) { return panel.answer(request); });
    const wire::Control control(control_options, panel.control());
    say_where(server, control, (*values)["json"].as<bool>(), invocation.out);
    return 128 + end_signals.wait();
  } catch (const std::runtime_error& error) {
    invocation.err << "vfstock panel: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
