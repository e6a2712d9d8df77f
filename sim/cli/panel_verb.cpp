// vfstock panel: the mock panel alone, in real time, for testing any VirtFusion client.
#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mockpanel/wire/server.h"
#include "mockpanel/wire/tls_trap.h"
#include "sim/cli/detach.h"
#include "sim/cli/fault_kinds_text.h"
#include "sim/cli/judge_mode.h"
#include "sim/cli/options.h"
#include "sim/cli/panel_tokens.h"
#include "sim/cli/secret_files.h"
#include "sim/cli/served_panel.h"
#include "sim/cli/verb.h"
#include "sim/document/document.h"
#include "sim/fleet/fleet.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
namespace api = mockpanel::api;
namespace faults = mockpanel::faults;
namespace wire = mockpanel::wire;

namespace {

void add_webhook_options(po::options_description& options) {
  options.add_options()  //
      ("webhook", po::value<std::string>()->value_name("URL"),
       "tell this receiver of every server that is created, changed or destroyed")  //
      ("webhook-token-file", po::value<std::string>()->value_name("FILE"),
       "holds the bearer token that is sent along")  //
      ("webhook-fate", po::value<std::vector<std::string>>()->value_name("FATE")->composing(),
       "what becomes of the first webhook, the second, ... and so on from the start: usual, lost, "
       "twice, late, reordered, forged, wrong-token");
}

VerbOptions panel_options() {
  VerbOptions options{.verb = "panel",
                      .usage = "vfstock panel [OPTIONS] FLEET | --scenario FILE",
                      .examples =
                          "Examples:\n"
                          "  vfstock panel scenarios/fleets/small-shop.json\n"
                          "  vfstock panel --port 8892 --control-port 8893 --json fleet.json\n"
                          "  vfstock panel --scenario outage.json --speed 60\n"
                          "  vfstock panel --scenario outage.json --judge './my-client'\n",
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
      ("workers", po::value<int>()->value_name("N")->default_value(256),
       "requests served at once")  //
      ("token-file", po::value<std::string>()->value_name("FILE"),
       "the bearer tokens that are accepted, one a line, each with what it may do (default: "
       "any)")  //
      ("scopes", po::value<std::string>()->value_name("LIST"),
       "with --token-file: what tokens without scopes of their own may do, e.g. "
       "read-compute,read-packages (default: all)")                                          //
      ("detach", po::bool_switch(), "go on in the background as soon as the panel listens")  //
      ("strict", po::bool_switch(), "refuse what a careful client does not send")            //
      ("release", po::value<std::string>()->value_name("N")->default_value("7.1"),
       "which panel answers: 7.1, or 7.0, which cannot write hypervisors and packages")  //
      ("tls-fault", po::value<std::string>()->value_name("KIND"),
       "a further port where TLS fails: tls-expired, tls-self-signed, tls-wrong-name, "
       "tls-plaintext, tls-reset")                                       //
      ("faults", po::bool_switch(), "list the kinds of fault, and end")  //
      ("scenario", po::value<std::string>()->value_name("FILE"),
       "play a scenario's faults and changes instead of a fleet at rest")  //
      ("speed", po::value<double>()->value_name("N")->default_value(1),
       "how many times as fast as the scenario says")  //
      ("judge", po::value<std::string>()->value_name("CMD"),
       "run this client at each moment of the scenario and judge the qty that it prints")  //
      ("judge-count", po::bool_switch(),
       "with --judge: the count must be the policy's to the unit (so it is wherever the scenario "
       "states a policy)")  //
      ("policy", po::value<std::string>()->value_name("PRESET"),
       "with --judge: by the rules of this preset (default, strict, classic) instead of the "
       "scenario's own")                                                                        //
      ("junit", po::value<std::string>()->value_name("FILE"), "with --judge: write JUnit XML")  //
      ("github", po::bool_switch(), "with --judge: print GitHub workflow annotations")          //
      ("json", po::bool_switch(),
       "say where it listens as JSON (always so with --port 0), or "
       "with --judge what was found");
  add_webhook_options(options.named);
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

api::Options api_options(const po::variables_map& values) {
  api::Options options;
  options.strict = values["strict"].as<bool>();
  const std::string release =
      one_of("release", values["release"].as<std::string>(), {"7.0", "7.1"});
  options.release = release == "7.0" ? api::Release::v7_0 : api::Release::v7_1;
  options.urls_from_host = true;
  const std::string scopes =
      values.contains("scopes") ? values["scopes"].as<std::string>() : std::string();
  if (values.contains("token-file")) {
    options.tokens = read_tokens(values["token-file"].as<std::string>(), scopes);
  } else if (!scopes.empty()) {
    throw UsageError("--scopes needs --token-file FILE");
  }
  return options;
}

std::unique_ptr<wire::TlsTrap> tls_trap(const po::variables_map& values) {
  if (!values.contains("tls-fault")) return nullptr;
  std::vector<std::string> kinds;
  for (const faults::Kind* const kind : faults::Kind::all()) {
    if (kind->handshake) kinds.emplace_back(kind->name);
  }
  const std::string kind = one_of("tls-fault", values["tls-fault"].as<std::string>(), kinds);
  return std::make_unique<wire::TlsTrap>(values["host"].as<std::string>(),
                                         faults::Kind::named(kind));
}

/// Somebody who lets the kernel choose the port must be able to read it.
bool wants_json(const po::variables_map& values) {
  return values["json"].as<bool>() ||
         (!values["port"].defaulted() && values["port"].as<int>() == 0);
}

/// Where it listens, as one line of JSON or for people.
std::string where(const wire::Server& server, const wire::Control& control,
                  const wire::TlsTrap* trap, const po::variables_map& values) {
  const bool detached = values["detach"].as<bool>();
  if (!wants_json(values)) {
    std::string text =
        fmt::format("panel    {}\ncontrol  {}\n", server.base_url(), control.base_url());
    if (trap != nullptr) text += fmt::format("tls      {}\n", trap->base_url());
    if (detached) text += fmt::format("process  {}\n", getpid());
    return text;
  }
  nlohmann::ordered_json json{{"format", 1},
                              {"base_url", server.base_url()},
                              {"port", server.port()},
                              {"control_url", control.base_url()},
                              {"control_port", control.port()}};
  if (trap != nullptr) {
    json["tls_fault_url"] = trap->base_url();
    json["tls_trust"] = trap->trusted();
  }
  if (detached) json["process"] = getpid();
  return json.dump() + "\n";
}

/// Every connection needs a descriptor, and the usual 1,024 are few.
void raise_descriptor_limit() {
  constexpr rlim_t enough = 8192;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= enough) return;
  limit.rlim_cur = std::min(limit.rlim_max, enough);
  setrlimit(RLIMIT_NOFILE, &limit);
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

  /// The signal, or nothing when none has come for half a second.
  std::optional<int> wait() const {
    const timespec half_a_second{0, 500'000'000};
    const int signal = sigtimedwait(&set_, nullptr, &half_a_second);
    return signal > 0 ? std::optional(signal) : std::nullopt;
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

}  // namespace

namespace {

/// What is to be played, and the world that it begins with.
struct Play {
  std::optional<scenario::Scenario> scenario;
  mockpanel::model::World world;
};

Play read_play(const po::variables_map& values) {
  if (values.contains("fleet") == values.contains("scenario")) {
    throw UsageError("name a fleet file, or a scenario with --scenario (see vfstock panel --help)");
  }
  Play play;
  if (values.contains("fleet")) {
    play.world = fleet::read_fleet(values["fleet"].as<std::string>()).panel;
  } else {
    play.scenario = scenario::read_scenario(values["scenario"].as<std::string>());
    play.world = play.scenario->panel;
  }
  return play;
}

double speed_from(const po::variables_map& values) {
  const double speed = values["speed"].as<double>();
  if (!(speed > 0) || speed > 1e6) throw UsageError("--speed: expected a number up to 1000000");
  return speed;
}

wire::ServerOptions server_options(const po::variables_map& values) {
  wire::ServerOptions options;
  options.host = values["host"].as<std::string>();
  options.port = number_from(values, "port", 0, 65535);
  options.workers = number_from(values, "workers", 1, 1024);
  options.idle_limit = std::chrono::minutes(1);
  return options;
}

/// Nobody: nullopt.
std::optional<wire::WebhookOptions> webhook_options(const po::variables_map& values,
                                                    std::ostream& talk) {
  if (!values.contains("webhook")) return std::nullopt;
  wire::WebhookOptions options;
  options.url = values["webhook"].as<std::string>();
  if (values.contains("webhook-token-file")) {
    options.token =
        secret_line("webhook-token-file", values["webhook-token-file"].as<std::string>(), talk);
  }
  if (!values.contains("webhook-fate")) return options;
  for (const std::string& name : values["webhook-fate"].as<std::vector<std::string>>()) {
    one_of("webhook-fate", name,
           {"usual", "lost", "twice", "late", "reordered", "forged", "wrong-token"});
    options.fates.push_back(*wire::webhook_fate(name));
  }
  return options;
}

using Announce = std::function<void(const std::string&)>;

int serve_until_told(const po::variables_map& values, const Invocation& invocation,
                     const Announce& announce) {
  const Play play = read_play(values);
  wire::ControlOptions control_options;
  control_options.port = number_from(values, "control-port", 0, 65535);
  const double speed = speed_from(values);

  const EndSignals end_signals;
  raise_descriptor_limit();
  ServedPanel panel(play.world, api_options(values));
  try {
    if (auto webhooks = webhook_options(values, invocation.err))
      panel.tell_of_changes(std::move(*webhooks));
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--webhook: ") + error.what());
  }
  if (play.scenario) panel.follow(*play.scenario, speed);
  wire::Server server(server_options(values),
                      [&](const api::Request& request) { return panel.answer(request); });
  const wire::Control control(control_options, panel.control());
  const auto trap = tls_trap(values);
  announce(where(server, control, trap.get(), values));
  for (;;) {
    const auto signal = end_signals.wait();
    for (const std::string& line : panel.fault_news()) invocation.err << line << std::endl;
    if (signal) return 128 + *signal;
  }
}

int serve(const po::variables_map& values, const Invocation& invocation, const Announce& announce) {
  try {
    return serve_until_told(values, invocation, announce);
  } catch (const document::DocumentError&) {
    throw;
  } catch (const UsageError&) {
    throw;
  } catch (const std::runtime_error& error) {
    invocation.err << "vfstock panel: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

int serve(const po::variables_map& values, const Invocation& invocation) {
  if (!values["detach"].as<bool>()) {
    return serve(values, invocation,
                 [&](const std::string& text) { invocation.out << text << std::flush; });
  }
  // What can be wrong with options and files is found while somebody still reads it.
  read_play(values);
  api_options(values);
  server_options(values);
  return detached(invocation, [&](const Announce& announce) {
    try {
      return serve(values, invocation, announce);
    } catch (const std::exception& error) {
      invocation.err << "vfstock panel: " << error.what() << "\n";
      return static_cast<int>(Status::usage);
    }
  });
}

}  // namespace

int panel_verb(const Invocation& invocation) {
  const auto values = read_options(panel_options(), invocation);
  if (!values) return Status::good;
  if ((*values)["faults"].as<bool>()) {
    wants_json(*values) ? print_fault_kinds_json(invocation.out)
                        : print_fault_kinds(invocation.out);
    return Status::good;
  }
  if (!values->contains("judge")) return serve(*values, invocation);
  if (!values->contains("scenario")) throw UsageError("--judge needs --scenario FILE");
  JudgeMode mode;
  mode.scenario = (*values)["scenario"].as<std::string>();
  mode.command = (*values)["judge"].as<std::string>();
  if (values->contains("policy")) {
    mode.preset = one_of("policy", (*values)["policy"].as<std::string>(),
                         {"default", "strict", "seed", "classic"});
  }
  mode.exact = (*values)["judge-count"].as<bool>();
  mode.speed = speed_from(*values);
  if (values->contains("junit")) mode.junit = (*values)["junit"].as<std::string>();
  mode.github = (*values)["github"].as<bool>();
  mode.json = (*values)["json"].as<bool>();
  return judge_client(mode, invocation);
}

}  // namespace vfstock::sim::cli
