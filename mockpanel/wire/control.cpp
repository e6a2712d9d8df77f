#include "mockpanel/wire/control.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "mockpanel/faults/rule_json.h"
#include "mockpanel/wire/server.h"

namespace vfstock::mockpanel::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t rule_bytes_max = std::size_t{64} * 1024;
constexpr std::size_t rules_max = 1000;
constexpr std::string_view one_fault = "/faults/";

faults::Delivery answer(int status, const Json& json) {
  faults::Delivery delivery;
  delivery.response.status = status;
  delivery.response.headers = {{"Content-Type", "application/json"}};
  // A client's bytes may be no UTF-8; they are shown as far as they can be.
  delivery.response.body = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  return delivery;
}

faults::Delivery refusal(int status, std::string message) {
  return answer(status, Json{{"message", std::move(message)}});
}

faults::Delivery help() {
  return answer(
      200, Json{{"about", "Control port of the vfstock mock panel"},
                {"GET /faults",
                 "The rules in the order in which they are tried, and how often each fired"},
                {"POST /faults", R"(Adds a rule, e.g. {"kind": "status", "path": "/packages/*", )"
                                 R"("status": 503, "count": 2}; kinds: )" +
                                     fmt::format("{}", fmt::join(faults::kind_names(), ", "))},
                {"DELETE /faults", "Removes every rule"},
                {"DELETE /faults/{id}", "Removes one rule"},
                {"GET /requests", "The newest requests to the panel, the oldest first"}});
}

Json armed_json(const faults::Injector::Armed& armed, model::Time now) {
  Json json = faults::rule_to_json(armed.rule, now);
  json["matched"] = armed.matched;
  json["fired"] = armed.fired;
  return json;
}

Json entry_json(const JournalEntry& entry) {
  return Json{{"ordinal", entry.ordinal},
              {"ms", entry.at.count()},
              {"method", entry.method},
              {"target", entry.target},
              {"status", entry.status},
              {"fault", entry.fault.empty() ? Json(nullptr) : Json(entry.fault)},
              {"bytes", entry.bytes},
              {"end", entry.end}};
}

bool is_armed(const faults::Injector& injector, std::string_view id) {
  const auto& rules = injector.rules();
  return std::any_of(rules.begin(), rules.end(),
                     [id](const faults::Injector::Armed& armed) { return armed.rule.id == id; });
}

/// The JSON of a rule, or discarded when the text is none, is too long, or gives a key twice.
Json parse(const std::string& text) {
  if (text.size() > rule_bytes_max) return Json(Json::value_t::discarded);
  std::vector<std::set<std::string>> keys;  // of the objects that are open, by depth
  bool twice = false;
  const auto watch = [&](int depth, Json::parse_event_t event, const Json& value) {
    const auto level = static_cast<std::size_t>(depth);
    if (event == Json::parse_event_t::object_start) {
      keys.resize(level + 1);
      keys.emplace_back();
    } else if (event == Json::parse_event_t::key) {
      twice = !keys[level].insert(value.get<std::string>()).second || twice;
    }
    return true;
  };
  Json json = Json::parse(text, watch, false);
  return twice ? Json(Json::value_t::discarded) : json;
}

/// Names under which a port on this machine is reached from it; nobody's DNS can point them
/// elsewhere.
bool is_own_host(std::string_view host, const std::string& listens_on, int port) {
  const std::string suffix = ":" + std::to_string(port);
  if (host.ends_with(suffix)) host.remove_suffix(suffix.size());
  return host == "127.0.0.1" || api::same_name(host, "localhost") || host == listens_on;
}

/// Why a request may be the doing of a page from elsewhere; empty when it cannot be.
std::string suspicion(const api::Request& request, const std::string& listens_on, int port) {
  const auto host = api::field(request.headers, "Host");
  if (!host || !is_own_host(*host, listens_on, port)) {
    return fmt::format("the Host must be 127.0.0.1:{0} or localhost:{0}", port);
  }
  const auto origin = api::field(request.headers, "Origin");
  if (origin && *origin != "http://" + std::string(*host)) {
    return "requests from pages of other sites are refused";
  }
  const auto site = api::field(request.headers, "Sec-Fetch-Site").value_or("none");
  if (site != "none" && site != "same-origin") {
    return "requests from pages of other sites are refused";
  }
  return {};
}

bool is_json(const api::Request& request) {
  std::string_view type = api::field(request.headers, "Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return api::same_name(type, "application/json");
}

}  // namespace

struct Control::State {
  std::string host;
  ControlSubject subject;
  std::uint64_t named = 0;  // rules that were given an id here
  Server server;            // the last member: it calls upon the others until it is gone

  State(const ControlOptions& options, ControlSubject wanted)
      : host(options.host),
        subject(std::move(wanted)),
        server(server_options(options), [this](const api::Request& r) { return handle(r); }) {}

  static ServerOptions server_options(const ControlOptions& options) {
    ServerOptions wanted;
    wanted.host = options.host;
    wanted.port = options.port;
    wanted.base_path = "";
    wanted.workers = options.workers;
    return wanted;
  }

  faults::Delivery handle(const api::Request& request) {
    const std::string why = suspicion(request, host, server.port());
    if (!why.empty()) return refusal(403, why);
    if (!request.body.empty() && !is_json(request)) {
      return refusal(415, "send the body with the header \"Content-Type: application/json\"");
    }
    const std::string_view path = request.path;
    if (path == "/") return request.method == "GET" ? help() : wrong_method("GET");
    if (path == "/requests") return request.method == "GET" ? requests() : wrong_method("GET");
    if (path == "/faults") return handle_faults(request);
    if (path.starts_with(one_fault)) {
      if (request.method != "DELETE") return wrong_method("DELETE");
      return remove(path.substr(one_fault.size()));
    }
    return refusal(404, "nothing is here; GET / says what is");
  }

  faults::Delivery handle_faults(const api::Request& request) {
    if (request.method == "GET") return list();
    if (request.method == "POST") return add(request.body);
    if (request.method == "DELETE") return clear();
    return wrong_method("GET, POST, DELETE");
  }

  static faults::Delivery wrong_method(const std::string& allowed) {
    faults::Delivery delivery = refusal(405, "allowed here: " + allowed);
    delivery.response.headers.emplace_back("Allow", allowed);
    return delivery;
  }

  faults::Delivery requests() const {
    Json list = Json::array();
    for (const JournalEntry& entry : subject.journal.entries()) list.push_back(entry_json(entry));
    return answer(200, Json{{"recorded", subject.journal.recorded()}, {"requests", list}});
  }

  faults::Delivery list() const {
    const std::lock_guard lock(subject.injector_mutex);
    const model::Time now = subject.now();
    Json list = Json::array();
    for (const auto& armed : subject.injector.rules()) list.push_back(armed_json(armed, now));
    return answer(200, Json{{"faults", list}});
  }

  faults::Delivery add(const std::string& body) {
    const Json json = parse(body);
    if (json.is_discarded()) {
      return refusal(400,
                     fmt::format("the body is no JSON of up to {} bytes with every key given once",
                                 rule_bytes_max));
    }
    const std::lock_guard lock(subject.injector_mutex);
    const model::Time now = subject.now();
    try {
      faults::Rule rule = faults::rule_from_json(json, "", now);
      faults::refuse_unreachable(rule);
      return arm(std::move(rule), now);
    } catch (const faults::RuleError& error) {
      return refusal(400, error.what());
    }
  }

  faults::Delivery arm(faults::Rule rule, model::Time now) {
    if (subject.injector.rules().size() >= rules_max) {
      return refusal(409, fmt::format("there are {} rules already; remove some", rules_max));
    }
    if (rule.id.empty()) rule.id = free_id();
    if (is_armed(subject.injector, rule.id)) {
      return refusal(409, fmt::format("a rule \"{}\" is there already; remove it first", rule.id));
    }
    const Json added = faults::rule_to_json(rule, now);
    subject.injector.add(std::move(rule));
    tell_of_change();
    return answer(201, added);
  }

  void tell_of_change() const {
    if (subject.changed) subject.changed();
  }

  /// An id that no rule has, for a rule that came without.
  std::string free_id() {
    std::string id;
    do {
      id = fmt::format("fault-{}", ++named);
    } while (is_armed(subject.injector, id));
    return id;
  }

  faults::Delivery clear() {
    const std::lock_guard lock(subject.injector_mutex);
    const std::size_t count = subject.injector.rules().size();
    subject.injector.clear();
    tell_of_change();
    return answer(200, Json{{"removed", count}});
  }

  faults::Delivery remove(std::string_view id) {
    const std::lock_guard lock(subject.injector_mutex);
    if (subject.injector.remove(id)) {
      tell_of_change();
      return answer(200, Json{{"removed", 1}});
    }
    return refusal(404, fmt::format("no rule \"{}\" is there; GET /faults lists them", id));
  }
};

Control::Control(const ControlOptions& options, ControlSubject subject)
    : state_(std::make_unique<State>(options, std::move(subject))) {}

Control::~Control() = default;

int Control::port() const noexcept { return state_->server.port(); }

std::string Control::base_url() const { return state_->server.base_url(); }

}  // namespace vfstock::mockpanel::wire
