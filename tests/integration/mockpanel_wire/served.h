// A mock panel for tests: every request is answered by the same function, and remembered.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "mockpanel/wire/server.h"

namespace vfstock::mockpanel::wire {

inline faults::Delivery json_answer(std::string body, faults::End end = faults::End::whole) {
  faults::Delivery delivery;
  delivery.response = {200, {{"Content-Type", "application/json"}}, std::move(body)};
  delivery.end = end;
  return delivery;
}

/// As many workers as most tests need; starting more costs time under sanitizers.
inline ServerOptions few_workers() {
  ServerOptions options;
  options.workers = 4;
  return options;
}

class Served {
 public:
  explicit Served(Server::Handler handler, ServerOptions options = few_workers())
      : handler_(std::move(handler)),
        server_(std::move(options), [this](const api::Request& request) {
          {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
          }
          return handler_(request);
        }) {}

  Server& server() { return server_; }
  int port() const { return server_.port(); }
  std::string base_url() const { return server_.base_url(); }
  std::vector<api::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<api::Request> requests_;
  Server::Handler handler_;
  Server server_;
};

/// One that answers every request with this body.
inline Server::Handler always(const faults::Delivery& delivery) {
  return [delivery](const api::Request&) { return delivery; };
}

}  // namespace vfstock::mockpanel::wire
