#include "tests/integration/mockpanel_wire/raw_client.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vfstock::mockpanel::wire {

int Received::status() const {
  if (!head.starts_with("HTTP/1.1 ")) return 0;
  return std::atoi(head.c_str() + 9);
}

std::string Received::header(std::string_view name) const {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos;
       at = head.find("\r\n", at + 2)) {
    const std::string_view line = std::string_view(head).substr(at + 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    const std::string_view value = line.substr(name.size() + 2);
    return std::string(value.substr(0, value.find("\r\n")));
  }
  return {};
}

RawClient::RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    connect_error_ = errno;
  }
}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::read_more(Ended& ended) {
  pollfd entry{socket_, POLLIN, 0};
  const int wait = static_cast<int>(std::chrono::milliseconds(patience).count());
  if (::poll(&entry, 1, wait) <= 0) {
    ended = Ended::gave_up;
    return false;
  }
  std::array<char, 65536> room{};
  const ssize_t got = ::recv(socket_, room.data(), room.size(), 0);
  if (got > 0) {
    pending_.append(room.data(), static_cast<std::size_t>(got));
    return true;
  }
  ended = got < 0 && errno == ECONNRESET ? Ended::reset : Ended::closed;
  return false;
}

Received RawClient::receive(bool expects_body) {
  Received received;
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more(received.ended)) {
      received.head = std::exchange(pending_, {});
      return received;
    }
  }
  received.head = pending_.substr(0, end + 4);
  pending_.erase(0, end + 4);
  const std::string announced = expects_body ? received.header("Content-Length") : "";
  const std::size_t length = std::strtoul(announced.c_str(), nullptr, 10);
  while (pending_.size() < length && read_more(received.ended)) {
  }
  received.body = pending_.substr(0, length);
  pending_.erase(0, received.body.size());
  return received;
}

Ended RawClient::drain(std::string& bytes, std::size_t bytes_max) {
  Ended ended = Ended::not_yet;
  while (pending_.size() < bytes_max && read_more(ended)) {
  }
  bytes = std::exchange(pending_, {});
  return ended;
}

bool RawClient::hears_nothing_for(std::chrono::milliseconds time) const {
  pollfd entry{socket_, POLLIN | POLLRDHUP, 0};
  return ::poll(&entry, 1, static_cast<int>(time.count())) == 0;
}

std::string get_request(std::string_view target, std::string_view more_headers) {
  std::string request = "GET ";
  request.append(target).append(" HTTP/1.1\r\nHost: panel\r\nAccept: application/json\r\n");
  request.append("Authorization: Bearer open-sesame\r\n");
  return request.append(more_headers).append("\r\n");
}

}  // namespace vfstock::mockpanel::wire
