#include "engine/live/serve/door.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include "engine/base/text.h"
#include "engine/live/page/page.h"
#include "engine/live/serve/api.h"
#include "engine/live/serve/bounded_pool.h"
#include "engine/live/serve/problem.h"
#include "engine/live/serve/questions.h"
#include "engine/live/serve/schema.h"
#include "engine/live/serve/signature.h"

namespace vfstock::serve {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::size_t workers = 16, waiting_connections = 64;
constexpr time_t patience_seconds = 5;
/// Connections that the system holds until we take them. The server's own five are too few for a
/// shop's busy second: further ones would be left without an answer.
constexpr int backlog = 1024;

/// What may be known of secrets while requests are served.
struct Keys {
  std::vector<std::string> hook;
  Secrets secrets;
};

Keys keys_from(const Secrets& secrets) {
  Keys keys{.hook = {}, .secrets = secrets};
  try {
    for (const std::string& secret : secrets.hook) keys.hook.push_back(key_of(secret));
  } catch (const std::invalid_argument& error) {
    throw live::SettingsError(std::string("--hook-secret-file: ") + error.what());
  }
  return keys;
}

std::unique_ptr<httplib::Server> make_server(const Listen& listen) {
  if (!listen.tls) return std::make_unique<httplib::Server>();
  auto server = std::make_unique<httplib::SSLServer>(listen.tls->certificate_file.c_str(),
                                                     listen.tls->key_file.c_str());
  if (!server->is_valid()) {
    throw live::SettingsError("--tls-certificate, --tls-key: cannot be used together");
  }
  return server;
}

void refuse(Response& response, int status, const std::string& title, const std::string& detail) {
  response.status = status;
  response.set_content(problem(status, title, detail), "application/problem+json");
}

void answer(Response& response, const std::string& json) {
  response.set_content(json, "application/json");
}

std::string bearer(const Request& request) {
  const std::string header = request.get_header_value("Authorization");
  constexpr std::string_view scheme = "Bearer ";
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string();
}

/// "name:8893", "[::1]:8893" or a name alone; without the port, in lower case.
std::string host_name(const std::string& header) {
  std::string name = header;
  if (const std::size_t end = name.find(']'); end != std::string::npos) {
    name = name.substr(1, end - 1);
  } else if (const std::size_t colon = name.rfind(':'); colon != std::string::npos) {
    name.resize(colon);
  }
  return lower(name);
}

}  // namespace

struct Door::State {
  State(const Listen& wanted, const Secrets& secrets, const Rooms& given)
      : listen(wanted),
        rooms(given),
        keys(std::make_shared<const Keys>(keys_from(secrets))),
        server(make_server(wanted)) {
    set_up();
    route();
    start();
  }
  ~State() {
    server->stop();
    if (thread.joinable()) thread.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void set_up();
  void route();
  void route_probes();
  void route_reads();
  void route_questions();
  void start();

  bool is_our_name(const Request& request) const;
  bool is_operator(const Request& request) const;
  bool may_read(const Request& request) const {
    return is_loopback(request.remote_addr) || is_operator(request);
  }
  Signed verified(const Request& request) const;
  std::shared_ptr<const Keys> known() const {
    const std::lock_guard lock(mutex);
    return keys;
  }
  void take_whmcs(const Request& request, Response& response);
  void take_virtfusion(const Request& request, Response& response);
  void take(const Event& event, Response& response);
  void check_cart(const Request& request, Response& response);
  bool was_viewed_just_now(const Event& event) const;
  void note_view(const Event& event);
  void refuse_event(Response& response, int status, std::string_view reason,
                    const std::string& detail);
  void ask(Response& response, Writer::Question question);

  const Listen listen;
  const Rooms rooms;
  mutable std::mutex mutex;
  std::shared_ptr<const Keys> keys;
  std::map<std::int64_t, Instant> viewed;  // products in carts -> when that was last put down
  std::unique_ptr<httplib::Server> server;
  std::thread thread;
  socket_t listening = INVALID_SOCKET;
  int port = 0;
  std::atomic<std::uint64_t> hints{0};
};

void Door::State::set_up() {
  server->new_task_queue = [] { return new BoundedPool(workers, waiting_connections); };
  server->set_payload_max_length(body_bytes_max);
  server->set_read_timeout(patience_seconds, 0);
  server->set_write_timeout(patience_seconds, 0);
  server->set_keep_alive_timeout(1);
  server->set_keep_alive_max_count(100);
  server->set_tcp_nodelay(true);
  server->set_pre_routing_handler([this](const Request& request, Response& response) {
    response.set_header("Cache-Control", "no-store");
    response.set_header("X-Content-Type-Options", "nosniff");
    if (is_our_name(request)) return httplib::Server::HandlerResponse::Unhandled;
    refuse(response, 421, "Unknown host", "this service is not known by that name");
    return httplib::Server::HandlerResponse::Handled;
  });
  server->set_exception_handler(
      [this](const Request& request, Response& response, std::exception_ptr error) {
        std::string text = "unknown";
        try {
          std::rethrow_exception(error);
        } catch (const std::exception& known) {
          text = known.what();
        } catch (...) {
          text = "something that is no exception";
        }
        rooms.log.say(Level::error, "request.failed", {{"path", request.path}, {"text", text}});
        refuse(response, 500, "Internal error", "the daemon's log says what went wrong");
      });
  server->set_error_handler([](const Request&, Response& response) {
    if (!response.body.empty()) return;
    refuse(response, response.status, "Not served",
           "no such path, method or size of body, or a body without its length");
  });
}

void Door::State::route() {
  route_probes();
  route_reads();
  route_questions();
  server->Post("/webhooks/whmcs", [this](const Request& request, Response& response) {
    take_whmcs(request, response);
  });
  server->Post("/webhooks/virtfusion", [this](const Request& request, Response& response) {
    take_virtfusion(request, response);
  });
  server->Post("/v1/checkout", [this](const Request& request, Response& response) {
    check_cart(request, response);
  });
}

void Door::State::route_probes() {
  const auto live = [this](const Request&, Response& response) {
    if (rooms.heart.is_alive()) return response.set_content("alive\n", "text/plain");
    refuse(response, 503, "Stalled", "the loop has not moved for longer than its step may take");
  };
  const auto ready = [this](const Request& request, Response& response) {
    const auto view = rooms.board.read();
    if (view->is_ready()) return response.set_content("ready\n", "text/plain");
    refuse(response, 503, "Not ready",
           view->role == Role::writer
               ? "the first sweep is not done yet"
               : "the stores are not open" + (may_read(request) ? ": " + view->trouble : ""));
  };
  for (const char* path : {"/livez", "/-/healthy"}) server->Get(path, live);
  for (const char* path : {"/readyz", "/-/ready"}) server->Get(path, ready);
}

void Door::State::route_reads() {
  const auto get = [this](const char* path, auto handler) {
    server->Get(path, [this, handler](const Request& request, Response& response) {
      if (may_read(request)) return handler(request, response);
      refuse(response, 401, "Unauthorised", "from other machines the operator's token is needed");
    });
  };
  get("/", [](const Request&, Response& response) {
    response.set_header("Content-Security-Policy", std::string(page::content_security_policy()));
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_content(std::string(page::html()), "text/html; charset=utf-8");
  });
  get("/metrics", [this](const Request&, Response& response) {
    rooms.metrics.queue_depth(rooms.queue.depth());
    response.set_content(rooms.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
  });
  get("/v1/status", [this](const Request&, Response& response) {
    answer(response, status_text(*rooms.board.read(), rooms.clock.wall(), rooms.queue.depth()));
  });
  get("/v1/schema",
      [](const Request&, Response& response) { answer(response, std::string(schema_text())); });
  get("/v1/products", [this](const Request&, Response& response) {
    answer(response, products_text(*rooms.board.read()));
  });
  get(R"(/v1/products/(\d{1,18}))", [this](const Request& request, Response& response) {
    const auto view = rooms.board.read();
    const auto product = view->products.find(std::stoll(request.matches[1]));
    if (product == view->products.end()) {
      return refuse(response, 404, "No such product", "no managed product has this id");
    }
    answer(response, derived_product(rooms.journal, product->second));
  });
  get("/v1/decisions", [this](const Request& request, Response& response) {
    try {
      answer(response, decisions_text(kept_decisions(rooms.journal, request.params)));
    } catch (const std::invalid_argument& error) {
      refuse(response, 400, "Unreadable filter", error.what());
    }
  });
}

void Door::State::route_questions() {
  server->Get("/v1/plan", [this](const Request& request, Response& response) {
    if (may_read(request)) return ask(response, plan_question());
    refuse(response, 401, "Unauthorised", "from other machines the operator's token is needed");
  });
  const auto post = [this](const char* path, auto question_of) {
    server->Post(path, [this, question_of](const Request& request, Response& response) {
      if (!is_operator(request)) {
        return refuse(response, 401, "Unauthorised",
                      "the operator's token is needed: --operator-token-file");
      }
      try {
        ask(response, question_of(request.body));
      } catch (const std::invalid_argument& error) {
        refuse(response, 400, "Unreadable body", error.what());
      }
    });
  };
  post("/v1/recalculate",
       [](const std::string& body) { return recalculate_question(recalculation_from(body)); });
  post("/v1/brake/release", [](const std::string&) {
    return recalculate_question({.scope = plan::Scope::all(), .force = true});
  });
}

// The server would share its port with whoever runs as the same user, and each of the two would get
// some of the events.
void Door::State::start() {
  server->set_socket_options([this](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    listening = socket;
  });
  port = listen.port == 0
             ? server->bind_to_any_port(listen.host.c_str())
             : (server->bind_to_port(listen.host.c_str(), listen.port) ? listen.port : -1);
  if (port <= 0) {
    throw live::SettingsError(fmt::format("--listen: {}:{} cannot be listened on; is it taken?",
                                          listen.host, listen.port));
  }
  ::listen(listening, backlog);
  thread = std::thread([this] { server->listen_after_bind(); });
}

bool Door::State::is_our_name(const Request& request) const {
  const std::string name = host_name(request.get_header_value("Host"));
  if (is_loopback(name) || name == lower(listen.host)) return true;
  return std::any_of(listen.names.begin(), listen.names.end(),
                     [&](const std::string& known) { return lower(known) == name; });
}

bool Door::State::is_operator(const Request& request) const {
  const auto now_known = known();
  const std::string& token = now_known->secrets.operator_token;
  return !token.empty() && same_secret(bearer(request), token);
}

Signed Door::State::verified(const Request& request) const {
  const std::string id = request.get_header_value("webhook-id"),
                    timestamp = request.get_header_value("webhook-timestamp"),
                    signatures = request.get_header_value("webhook-signature");
  return verify({id, timestamp, signatures, request.body}, known()->hook, rooms.clock.wall());
}

void Door::State::refuse_event(Response& response, int status, std::string_view reason,
                               const std::string& detail) {
  rooms.metrics.event_refused(reason);
  rooms.log.say(Level::debug, "event.refused", {{"reason", std::string(reason)}});
  refuse(response, status, "Event refused", detail);
}

// Of a product that stands in many carts one view in ten seconds is put down: the engine itself
// answers to one a minute.
bool Door::State::was_viewed_just_now(const Event& event) const {
  constexpr Milliseconds just_now{10'000};
  if (event.kind != EventKind::cart) return false;
  const std::lock_guard lock(mutex);
  const auto known_view = viewed.find(event.product);
  return known_view != viewed.end() && rooms.clock.now() - known_view->second < just_now;
}

void Door::State::note_view(const Event& event) {
  constexpr std::size_t products_max = 10'000;
  if (event.kind != EventKind::cart) return;
  const std::lock_guard lock(mutex);
  if (viewed.size() >= products_max) viewed.clear();
  viewed[event.product] = rooms.clock.now();
}

void Door::State::take_whmcs(const Request& request, Response& response) {
  const Signed verdict = verified(request);
  if (verdict != Signed::good) {
    return refuse_event(response, 401, name(verdict),
                        "the signature is missing, too old, or not made with a secret of ours");
  }
  try {
    const Event event =
        whmcs_event(request.get_header_value("webhook-id"), request.body, rooms.clock.wall());
    if (was_viewed_just_now(event)) return answer(response, "{\"result\":\"same\"}\n");
    take(event, response);
  } catch (const std::invalid_argument& error) {
    refuse_event(response, 422, "unreadable", error.what());
  }
}

void Door::State::take_virtfusion(const Request& request, Response& response) {
  const std::string token = bearer(request);
  const auto now_known = known();
  const auto& tokens = now_known->secrets.virtfusion;
  const auto fits = std::count_if(tokens.begin(), tokens.end(), [&](const std::string& wanted) {
    return same_secret(token, wanted);
  });
  if (token.empty() || fits == 0) {
    return refuse_event(response, 401, "token", "the token is not one of ours");
  }
  const WallTime now = rooms.clock.wall();
  take(virtfusion_hint(fmt::format("virtfusion.{}.{}", now.time_since_epoch().count(), ++hints),
                       now),
       response);
}

// Nothing is answered with success that is not on disk.
void Door::State::take(const Event& event, Response& response) {
  EventQueue::Put put{};
  try {
    put = rooms.queue.put(event);
  } catch (const catalogue::StoreError& error) {
    rooms.log.say(Level::error, "event.not_stored", {{"text", std::string(error.what())}});
    return refuse_event(response, 503, "store", "the event could not be stored; send it again");
  }
  switch (put) {
    case EventQueue::Put::stored:
      note_view(event);
      rooms.metrics.event(name(event.source), name(event.kind));
      rooms.writer.wake();
      return answer(response, "{\"result\":\"stored\"}\n");
    case EventQueue::Put::known:
      return answer(response, "{\"result\":\"known\"}\n");
    case EventQueue::Put::same:
      return answer(response, "{\"result\":\"same\"}\n");
    case EventQueue::Put::refused:
      response.set_header("Retry-After", "60");
      return refuse_event(response, 503, "full", "too many events wait; send it again");
  }
}

void Door::State::check_cart(const Request& request, Response& response) {
  if (!may_read(request) && verified(request) != Signed::good) {
    return refuse(response, 401, "Unauthorised", "a signature or the operator's token is needed");
  }
  try {
    const auto refused = refusal(cart_from(request.body), *rooms.board.read(), rooms.clock.wall());
    answer(response, checkout_text(refused));
  } catch (const std::invalid_argument& error) {
    refuse(response, 400, "Unreadable cart", error.what());
  }
}

void Door::State::ask(Response& response, Writer::Question question) {
  constexpr std::chrono::seconds patience{150};
  Writer::Reply reply;
  try {
    reply = rooms.writer.ask(std::move(question), patience);
  } catch (const catalogue::StoreError& error) {
    return refuse(response, 503, "The shop failed", error.what());
  }
  if (!reply.refusal) return answer(response, reply.text);
  switch (*reply.refusal) {
    case Writer::Refusal::not_writer:
      return refuse(response, 503, "Not the writer", "this daemon does not write the shop now");
    case Writer::Refusal::busy:
      return refuse(response, 503, "Busy", "others have asked already and wait");
    case Writer::Refusal::late:
      return refuse(response, 504, "Late", "the sweep takes longer; look at /v1/status");
  }
}

Door::Door(const Listen& listen, const Secrets& secrets, const Rooms& rooms)
    : state_(std::make_unique<State>(listen, secrets, rooms)) {}

Door::~Door() = default;

int Door::port() const noexcept { return state_->port; }

void Door::use(const Secrets& secrets) {
  auto keys = std::make_shared<const Keys>(keys_from(secrets));
  const std::lock_guard lock(state_->mutex);
  state_->keys = std::move(keys);
}

}  // namespace vfstock::serve
