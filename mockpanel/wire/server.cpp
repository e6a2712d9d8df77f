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
        gate(options.host, options.port) {}

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
      if (serve(*connection, reader)) {
        gate.park(*connection);
      } else {
        gate.drop(*connection);
      }
    }
  }

  /// Serves every request that has arrived. False when the connection has been ended.
  bool serve(Connection& connection, RequestReader& reader) {
    do {
      const auto request = reader.read(connection);
      const auto delivery = request ? ask_handler(*request, connection) : std::nullopt;
      if (!delivery) {
        connection.finish();
        return false;
      }
      if (!play(connection, *delivery, request->method, request->keep_alive, pace)) return false;
    } while (connection.has_buffered());
    return true;
  }

  /// Empty when connections came to be refused before the handler was free: the request was never
  /// received.
  std::optional<faults::Delivery> ask_handler(const WireRequest& wire_request,
                                              const Connection& connection) {
    const api::Request request = below_base(wire_request, options.base_path);
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
