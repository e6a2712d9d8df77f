#include "tests/integration/store/cutting_relay.h"

#include <cstring>
#include <stdexcept>
#include <string_view>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vfstock::store {
namespace {

// The first byte of a command, after the packet's four of length and number.
constexpr std::size_t command_at = 4;
constexpr char query = 0x03;
constexpr char prepare = 0x16;
constexpr char execute = 0x17;

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The length that a packet's head tells, three bytes, lowest first.
std::size_t packet_length(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i]));
  };
  return byte(0) | (byte(1) << 8) | (byte(2) << 16);
}

std::string read_some(int from) {
  std::string bytes(65536, '\0');
  const ssize_t size = recv(from, bytes.data(), bytes.size(), 0);
  bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return bytes;
}

}  // namespace

CuttingRelay::CuttingRelay(std::string server)
    : server_(std::move(server)), socket_(server_ + ".relay") {
  unlink(socket_.c_str());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(socket_);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 8) != 0 || pipe(wake_) != 0) {
    throw std::runtime_error("no relay");
  }
  thread_ = std::thread([this] { serve(); });
}

CuttingRelay::~CuttingRelay() {
  close(wake_[1]);
  thread_.join();
  close(wake_[0]);
  close(listener_);
  unlink(socket_.c_str());
}

// One connection after the other: the client has one.
void CuttingRelay::serve() {
  for (;;) {
    pollfd waiting[2] = {{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    poll(waiting, 2, -1);
    if (waiting[1].revents != 0) return;
    const int client = accept(listener_, nullptr, nullptr);
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(server_);
    if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      pass_on(client, server);
    }
    close(client);
    close(server);
  }
}

void CuttingRelay::pass_on(int client, int server) {
  update_prepared_ = update_sent_ = reply_is_lost_ = false;
  for (;;) {
    pollfd waiting[3] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    poll(waiting, 3, -1);
    if (waiting[2].revents != 0) return;
    if (waiting[0].revents != 0 && !from_client(client, server)) return;
    if (waiting[1].revents != 0 && !from_server(client, server)) return;
  }
}

// Several commands may arrive at once: a client does not wait for an answer to a statement's end.
bool CuttingRelay::from_client(int client, int server) {
  const std::string bytes = read_some(client);
  if (bytes.empty()) return false;
  for (std::size_t at = 0; at + command_at < bytes.size();) {
    const std::size_t length = packet_length(bytes, at);
    const std::string_view packet = std::string_view(bytes).substr(at, command_at + length);
    const char command = packet[command_at];
    if (command == prepare) update_prepared_ = packet.find("UPDATE") != std::string_view::npos;
    if (command == execute && update_prepared_) {
      if (cut_ == Cut::before_commit_reply) {
        update_sent_ = true;
      } else {
        const Cut cut = cut_.exchange(Cut::none);
        if (cut == Cut::before_statement) return false;
        reply_is_lost_ = cut == Cut::before_reply;
      }
    }
    if (command == query && update_sent_ && packet.find("COMMIT") != std::string_view::npos) {
      cut_ = Cut::none;
      reply_is_lost_ = true;
    }
    at += command_at + length;
  }
  return write_all(server, bytes);
}

bool CuttingRelay::from_server(int client, int server) {
  const std::string bytes = read_some(server);
  if (bytes.empty() || reply_is_lost_) return false;
  return write_all(client, bytes);
}

}  // namespace vfstock::store
