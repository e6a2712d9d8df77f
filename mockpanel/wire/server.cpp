#include "mockpanel/wire/server.h"

#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "mockpanel/wire/delivery_player.h"
#include "mockpanel/wire/gate.h"
#include "mockpanel/wire/request_path.h"
#include "mockpanel/wire/request_reader.h"

namespace vfstock::mockpanel::wire {
namespace {

faults::Delivery server_error() {
  faults::Delivery delivery;
  delivery.response = {
      500, {{"Content-Type", "application/json"}}, R"({"message":"Server Error"})"};
  return delivery;
}

}  // namespace

struct Server::State {
  ServerOptions options;
  Handler handler;
  Pace pace;
  std::mutex handling;
  Gate gate;
  std::vector<std::thread> workers;

  State(ServerOptions wanted, Handler answer)
      : options(std::move(wanted)),
        handler(std::move(answer)),
        pace{options.real_time, options.backstop, options.held},
        gate(options.host, options.port, {options.idle_limit, RequestReader::patience}) {}

  void start() {
    if (options.workers < 1) throw std::runtime_error("mock panel needs at least one worker");
    for (int i = 0; i < options.workers; ++i) workers.emplace_back([this] { work(); });
  }

  void stop() {
    gate.shut();
    for (std::thread& worker : workers) worker.join();
    workers.clear();
  }

  void work() {
    RequestReader reader;
    while (const auto connection = gate.next()) {
      const Gathered rest = serve_all(*connection, reader);
      if (rest == Gathered::ended) {
        gate.drop(*connection);
      } else {
        gate.park(*connection, rest == Gathered::part);
      }
    }
  }

  /// Serves every request that has arrived; what is there of the next one. `ended`: the connection
  /// is of no more use.
  Gathered serve_all(Connection& connection, RequestReader& reader) {
    constexpr ArrivalLimits limits{RequestReader::head_bytes_max, RequestReader::body_bytes_max};
    Gathered gathered = connection.gather(limits);
    while (gathered == Gathered::whole) {
      if (!serve(connection, reader)) return Gathered::ended;
      gathered = connection.gather(limits);
    }
    if (gathered == Gathered::ended) connection.finish();
    return gathered;
  }

  /// False when the connection has been ended.
  bool serve(Connection& connection, RequestReader& reader) {
    const auto request = reader.read(connection);
    const auto delivery = request ? ask_handler(*request, connection) : std::nullopt;
    if (!delivery) {
      connection.finish();
      return false;
    }
    return play(connection, *delivery, request->method, request->keep_alive, pace);
  }

  /// Empty when connections came to be refused before the handler was free: the request was never
  /// received.
  std::optional<faults::Delivery> ask_handler(const WireRequest& wire_request,
                                              const Connection& connection) {
    api::Request request = below_base(wire_request, options.base_path);
    request.address = connection.peer();
    const std::lock_guard lock(handling);
    if (connection.hung_up()) return std::nullopt;
    try {
      return handler(request);
    } catch (...) {
      return server_error();
    }
  }
};

Server::Server(ServerOptions options, Handler handler)
    : state_(std::make_unique<State>(std::move(options), std::move(handler))) {
  try {
    state_->start();
  } catch (...) {
    state_->stop();
    throw;
  }
}

Server::~Server() { state_->stop(); }

int Server::port() const noexcept { return state_->gate.port(); }

std::string Server::base_url() const {
  return fmt::format("http://{}:{}{}", state_->options.host, port(), state_->options.base_path);
}

void Server::refuse(bool on) { state_->gate.refuse(on); }

}  // namespace vfstock::mockpanel::wire
