#include "tests/integration/http/scripted_server.h"

#include <csignal>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/integration/http/peer.h"

namespace vfstock::http::testing {
namespace {

sockaddr_in any_loopback_port() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bound_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = any_loopback_port();
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no free port on 127.0.0.1");
  }
  return socket;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

Step read_request() {
  return [](Peer& peer) { return peer.read_request(); };
}

Step greeted() {
  return [](Peer& peer) { return peer.wait_for_bytes(); };
}

Step send_target() {
  return [](Peer& peer) {
    const std::string& request = peer.last_request();
    const auto start = request.find(' ') + 1;
    const std::string target = request.substr(start, request.find(' ', start) - start);
    return peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(target.size()) +
                      "\r\n\r\n" + target);
  };
}

Step send(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) { return peer.write(bytes); };
}

Step send_forever(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    while (peer.write(bytes)) {
    }
    return false;
  };
}

Step dribble(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    constexpr int pause_ms = 5;
    std::size_t next = 0;
    while (!peer.client_left_within(pause_ms)) {
      if (!peer.write(std::string_view(bytes).substr(next, 1))) return false;
      if (next + 1 < bytes.size()) ++next;
    }
    return false;
  };
}

Step until_closed() {
  return [](Peer& peer) {
    peer.read_until_closed();
    return true;
  };
}

Step reset() {
  return [](Peer& peer) {
    peer.reset_on_close();
    return false;
  };
}

Step half_close() {
  return [](Peer& peer) {
    peer.half_close();
    return true;
  };
}

Step run(std::function<void()> action) {
  return [action = std::move(action)](Peer&) {
    action();
    return true;
  };
}

Script answer_with(std::string bytes) { return {read_request(), send(std::move(bytes))}; }

int closed_port() {
  const int socket = bound_socket();
  const int port = port_of(socket);
  ::close(socket);
  return port;
}

struct ScriptedServer::State {
  std::vector<Script> scripts;
  SSL_CTX* tls = nullptr;
  int listener = -1;
  std::thread acceptor;

  mutable std::mutex mutex;
  bool closing = false;
  int accepted = 0;
  std::vector<std::string> requests;
  std::vector<Peer*> live;
  std::vector<std::thread> players;

  void accept_all();
  void play(int socket, std::size_t number);
  bool enter(Peer& peer);
  void leave(Peer& peer);
};

void ScriptedServer::State::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock(mutex);
    const auto number = static_cast<std::size_t>(accepted++);
    players.emplace_back([this, socket, number] { play(socket, number); });
  }
}

void ScriptedServer::State::play(int socket, std::size_t number) {
  Peer peer(socket, tls, [this](std::string head) {
    const std::lock_guard lock(mutex);
    requests.push_back(std::move(head));
  });
  if (!enter(peer)) return;
  if (number < scripts.size() && peer.shake_hands()) {
    for (const Step& step : scripts[number]) {
      if (!step(peer)) break;
    }
  }
  leave(peer);
}

bool ScriptedServer::State::enter(Peer& peer) {
  const std::lock_guard lock(mutex);
  if (!closing) live.push_back(&peer);
  return !closing;
}

void ScriptedServer::State::leave(Peer& peer) {
  const std::lock_guard lock(mutex);
  std::erase(live, &peer);
}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, SSL_CTX* tls)
    : state_(std::make_unique<State>()) {
  // OpenSSL writes to closed sockets without MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  state_->scripts = std::move(scripts);
  state_->tls = tls;
  state_->listener = bound_socket();
  ::listen(state_->listener, 64);
  state_->acceptor = std::thread([this] { state_->accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->acceptor.join();
  ::close(state_->listener);
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
    for (Peer* peer : state_->live) peer->interrupt();
  }
  for (std::thread& player : state_->players) player.join();
}

int ScriptedServer::port() const { return port_of(state_->listener); }

std::string ScriptedServer::base_url() const {
  return std::string(state_->tls != nullptr ? "https" : "http") +
         "://127.0.0.1:" + std::to_string(port()) + "/api/v1";
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

int ScriptedServer::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->accepted;
}

}  // namespace vfstock::http::testing
